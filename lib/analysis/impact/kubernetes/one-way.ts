import { deleteCommand } from '../../../kubernetes/objects/kubectl';
import { describeObject, kindOf } from '../../../kubernetes/objects/object-key';
import type { Consequence } from '../consequence';
import type { ObjectChanges } from './objects';

/** ConfigMaps and Secrets that become immutable: no later apply changes them, nor takes that back. */
export function sealedObjects({ changed, added }: ObjectChanges): Consequence[] {
  return [
    ...changed.map(({ before, after }) => ({ was: before['immutable'] === true, after })),
    ...added.map((after) => ({ was: false, after })),
  ].flatMap(({ was, after }): Consequence[] => {
    if (!['ConfigMap', 'Secret'].includes(kindOf(after)) || was || after['immutable'] !== true) return [];
    return [
      {
        ...{ class: 'exposed', side: 'kubernetes', object: describeObject(after), field: 'immutable' },
        reason:
          'immutable: true is a one-way door: from now on the API server refuses every change of its data, and of immutable itself. Only deleting it and making it anew changes it.',
        wayOut: `Put a hash of the content into its name, so that each change makes a new one. If it is to stay changeable: leave immutable out. Afterwards the way back is: ${deleteCommand(after)}, then the apply; pods that start meanwhile wait for it.`,
      },
    ];
  });
}

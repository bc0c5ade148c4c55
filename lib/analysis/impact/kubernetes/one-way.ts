import { deleteCommand } from '../../../kubernetes/objects/kubectl';
import { describeObject, kindOf } from '../../../kubernetes/objects/object-key';
import type { Consequence } from '../consequence';
import type { ObjectChanges } from './objects';

/** ConfigMaps and Secrets that become immutable: no later apply can change their data or make them mutable again. */
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
          'immutable: true cannot be reverted: the API server refuses every later change of the data and of immutable itself. To change the data later, delete the object and create it again.',
        wayOut: `Append a hash of the content to the name, so that each change creates a new object. To keep the object changeable, remove immutable. To make the object mutable again later: ${deleteCommand(after)}, then apply. Pods that start between the two commands wait for the object.`,
      },
    ];
  });
}

import { changes } from '../../../../analysis/impact/changes';
import type { Json, KubernetesObject } from '../../../../documents/kubernetes';
import { placeholder } from '../../../../documents/unresolved';
import { objectWithoutDefaults } from '../../../../kubernetes/lifecycle/server-defaults';
import { describeObject } from '../../../../kubernetes/objects/object-key';
import { isOurs, ownersOf } from '../../../cluster/field-owners';
import type { LiveObject } from '../../../cluster/live-object';
import { adoptionOf } from '../../../plan/adoption';
import { shownChange } from '../../../plan/drift';
import { statedPart } from '../../../plan/stated-part';
import type { LastWriter, LiveDifference } from '../../source';

/**
 * The fields that another manager set to a different value, and the fields that the first deployment removes.
 * Additions, such as labels, are only in `honeydue plan`.
 */
export function liveDifferences(live: LiveObject, desired: KubernetesObject): LiveDifference[] {
  const name = describeObject(desired);
  const changed = changes(comparable(live), comparable(desired)).flatMap((change): LiveDifference[] => {
    const { path: field, after } = change;
    const isOpen = JSON.stringify(after ?? null).includes(placeholder);
    const [owner] = ownersOf(live, field);
    if (after === undefined || isOpen || owner === undefined || isOurs(owner)) return [];
    return [{ name, field, values: shownChange(change), writtenBy: writerOf(live, field) }];
  });
  const removed = (adoptionOf(live, desired)?.removed ?? []).map((field) => ({
    ...{ name, field, values: 'is not described' },
    writtenBy: writerOf(live, field),
  }));
  return [...changed, ...removed];
}

function comparable(object: KubernetesObject): Json {
  return objectWithoutDefaults(statedPart(object));
}

function writerOf(live: LiveObject, field: string): LastWriter | undefined {
  const [owner] = ownersOf(live, field);
  return owner && { name: owner.manager ?? '', time: owner.time ?? '' };
}

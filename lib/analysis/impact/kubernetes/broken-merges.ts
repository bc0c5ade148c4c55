import { type BrokenMerge, findBrokenMerges } from '../../../kubernetes/lifecycle/list-merge';
import type { Consequence } from '../consequence';
import type { ChangedObject, ObjectChanges } from './objects';

/**
 * Lists of which `kubectl apply` doesn't make what the manifest says, because several of their items have the same merge key.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#how-apply-calculates-differences-and-merges-changes
 */
export function brokenMerges({ changed }: ObjectChanges): Consequence[] {
  return changed.flatMap((object) =>
    findBrokenMerges(object.before, object.after).map((merge) => consequenceOf(object, merge)),
  );
}

function consequenceOf({ name }: ChangedObject, merge: BrokenMerge): Consequence {
  const { path, mergeKey, keys, isRefused, isMendedByRepeat } = merge;
  const shared = { side: 'kubernetes', object: name, field: path } as const;
  const why = `kubectl apply merges this list by ${mergeKey}, and several of its items have the same one`;
  if (isRefused)
    return {
      ...{ ...shared, class: 'fails' },
      reason: `${why}: the apply fails.`,
      wayOut: `Give each ${mergeKey} once; or write the object with kubectl replace, which merges nothing.`,
    };
  const items = `${mergeKey} ${keys.join(', ')}`;
  const until = isMendedByRepeat
    ? 'until the same apply runs once more'
    : 'and a second apply does not mend it';
  return {
    ...{ ...shared, class: 'lost' },
    reason: `${why}: after the apply what is described for ${items} is missing, ${until}.`,
    wayOut: isMendedByRepeat
      ? 'Run the apply a second time.'
      : `Give each ${mergeKey} once; or write the object with kubectl replace, which merges nothing.`,
  };
}

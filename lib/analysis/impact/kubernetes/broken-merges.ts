import { type BrokenMerge, findBrokenMerges } from '../../../kubernetes/lifecycle/list-merge';
import type { Consequence } from '../consequence';
import type { ChangedObject, ObjectChanges } from './objects';

/**
 * Lists that `kubectl apply` merges wrongly because several of their items have the same merge key.
 *
 * @see
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#how-apply-calculates-differences-and-merges-changes
 */
export function brokenMerges({ changed }: ObjectChanges): Consequence[] {
  return changed.flatMap((object) =>
    findBrokenMerges(object.before, object.after).map((merge) => consequenceOf(object, merge)),
  );
}

function consequenceOf({ name }: ChangedObject, merge: BrokenMerge): Consequence {
  const { path, mergeKey, keys, isRefused, isMendedByRepeat } = merge;
  const shared = { side: 'kubernetes', object: name, field: path } as const;
  const why = `kubectl apply merges this list by ${mergeKey}, but several items have the same ${mergeKey}`;
  if (isRefused)
    return {
      ...{ ...shared, class: 'fails' },
      reason: `${why}: the apply fails.`,
      wayOut: `Make each ${mergeKey} unique; or use kubectl replace, which does not merge.`,
    };
  const items = `${mergeKey} ${keys.join(', ')}`;
  const until = isMendedByRepeat
    ? 'until the same apply runs again'
    : 'and a second apply does not repair the list';
  return {
    ...{ ...shared, class: 'lost' },
    reason: `${why}: after the apply the items with ${items} are missing or wrong, ${until}.`,
    wayOut: isMendedByRepeat
      ? 'Run the apply a second time.'
      : `Make each ${mergeKey} unique; or use kubectl replace, which does not merge.`,
  };
}

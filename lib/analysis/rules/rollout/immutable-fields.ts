import { findRefusedChanges } from '../../../kubernetes/lifecycle/refused-changes';
import { valueAt } from '../../../kubernetes/path';
import { shown } from '../../../kubernetes/shown';
import { claimFactsOf } from '../../../kubernetes/storage/claim-facts';
import { everyObject } from '../parts';
import { type Fault, rule } from '../rule';

export const immutableFields = rule({
  id: 'immutable-fields',
  sentence: 'Nothing that runs is changed where it can only be replaced.',
  why: 'The API server refuses the apply halfway through, with what came before it already applied.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Give it a new name, or delete the running object first, knowing what that takes with it.',
  rare: true,
  parts: everyObject,
  faults: (object, manifests) => {
    const before = manifests.before(object);
    if (before === undefined) return undefined;
    return findRefusedChanges(before, object, claimFactsOf(manifests)).map(
      ({ path, limit, isHidden }): Fault => {
        const then = valueAt(before, path);
        const stay = `stay what was applied before: ${then === undefined ? 'absent' : shown(before, path, then)}`;
        return {
          path,
          must: limit ?? stay,
          ...(isHidden && { found: 'differs from what was applied before' }),
        };
      },
    );
  },
});

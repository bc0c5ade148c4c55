import { findRefusedChanges } from '../../../kubernetes/lifecycle/refused-changes';
import { valueAt } from '../../../kubernetes/path';
import { shown } from '../../../kubernetes/shown';
import { claimFactsOf } from '../../../kubernetes/storage/claim-facts';
import { everyObject } from '../parts';
import { type Fault, rule } from '../rule';

export const immutableFields = rule({
  id: 'immutable-fields',
  sentence: 'No immutable field of an existing object changes.',
  why: 'The API server refuses the object in the middle of the apply, when other objects have already been applied.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Give the object a new name, or delete the existing object before the apply. Deleting an object can also delete its pods and data.',
  rare: true,
  parts: everyObject,
  faults: (object, manifests) => {
    const before = manifests.before(object);
    if (before === undefined) return undefined;
    return findRefusedChanges(before, object, claimFactsOf(manifests)).map(
      ({ path, limit, isHidden }): Fault => {
        const then = valueAt(before, path);
        const stay = then === undefined ? 'stay absent' : `stay ${shown(before, path, then)}`;
        return {
          path,
          must: limit ?? stay,
          ...(isHidden && { found: 'differs from the applied value' }),
        };
      },
    );
  },
});

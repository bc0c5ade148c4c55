import { namespaceOf } from '../../../kubernetes/kinds';
import { allowedDisruptions } from '../../../kubernetes/rollout/disruptions';
import { selectsPodsOfController } from '../../../kubernetes/workloads/operator-pods';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const pdbDisruptionsIsZero = rule({
  id: 'pdb-disruptions-is-zero',
  sentence: 'A PodDisruptionBudget selects pods and allows the eviction of at least one of them.',
  why: 'A budget that allows no eviction blocks every drain, and so every upgrade of a node. A budget that selects no pods has no effect.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  severity: 'high',
  fix: 'Set minAvailable below the number of pods.',
  parts: objectsOf('PodDisruptionBudget'),
  faults: ({ spec = {} }, manifests, { object }) => {
    const found = allowedDisruptions(spec, namespaceOf(object), manifests);
    if (found === undefined)
      return [
        !selectsPodsOfController(spec.selector ?? {}, namespaceOf(object), manifests.all) && {
          path: 'spec.selector',
          must: 'match pods of the namespace',
        },
      ];
    const { pods, allowed, field } = found;
    // Without pods, a drain has nothing to evict.
    if (pods === 0) return [];
    return [
      allowed < 1 && {
        path: `spec.${field}`,
        must: `allow one of ${pods} pods to be evicted: minAvailable at most ${pods - 1}, or maxUnavailable at least 1`,
      },
    ];
  },
});

import { namespaceOf } from '../../../kubernetes/kinds';
import { keyStep } from '../../../kubernetes/path';
import { parseQuantity } from '../../../kubernetes/quantity';
import { quotaPeak } from '../../../kubernetes/scheduling/quota';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const exceededQuota = rule({
  id: 'exceeded-quota',
  sentence: 'A ResourceQuota allows all pods at the peak of a rollout.',
  why: 'The API server refuses pods above the quota, and the rollout stops.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  severity: 'high',
  fix: 'Raise the quota.',
  parts: objectsOf('ResourceQuota'),
  faults: ({ spec }, manifests, { object }) =>
    Object.entries(spec?.hard ?? {}).map(([resource, hard]) => {
      const needed = quotaPeak(manifests, namespaceOf(object), spec ?? {}, resource) ?? 0;
      return (
        needed > (parseQuantity(String(hard)) ?? 0) + 1e-9 && {
          path: `spec.hard${keyStep(resource)}`,
          must: `be at least ${Number(needed.toFixed(3))}, which the pods need at the peak of a rollout`,
        }
      );
    }),
});

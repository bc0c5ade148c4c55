import { parseQuantity } from '../../documents/quantity';
import { objectsOf } from '../parts';
import { keyStep } from '../path';
import { requestOf, surgeOf } from '../placement';
import { rule } from '../rule';

export const quotaHasRoom = rule({
  id: 'quota-has-room',
  sentence: 'A ResourceQuota has room for all pods at the peak of a rollout.',
  why: 'Past the quota new pods are refused, and the rollout stops in the middle.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  severity: 'high',
  fix: 'Raise the quota.',
  parts: objectsOf('ResourceQuota'),
  faults: ({ spec }, manifests, { object }) => {
    const pods = manifests.pods.of(object.metadata.namespace ?? 'default').map((pod) => {
      const most = pod.replicas ?? manifests.autoscaler(pod.object)?.fields.spec?.maxReplicas ?? 1;
      return { pod, count: most + surgeOf(pod.object, most) };
    });
    return Object.entries(spec?.hard ?? {}).map(([resource, hard]) => {
      const [, side, of] = /^(requests|limits)\.(.+)$/.exec(resource) ?? [];
      if (resource !== 'pods' && of === undefined) return undefined;
      const needed = pods.reduce(
        (sum, { pod, count }) =>
          sum + count * (of === undefined ? 1 : requestOf(pod, of, side as 'requests' | 'limits')),
        0,
      );
      return (
        needed > (parseQuantity(String(hard)) ?? 0) + 1e-9 && {
          path: `spec.hard${keyStep(resource)}`,
          must: `be at least ${Number(needed.toFixed(3))}, what the pods may need at once`,
        }
      );
    });
  },
});

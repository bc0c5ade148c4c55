import { namespaceOf } from '../../../kubernetes/kinds';
import type { Manifests } from '../../../kubernetes/manifests';
import { keyStep } from '../../../kubernetes/path';
import { requestOf, surgeOf } from '../../../kubernetes/placement';
import { parseQuantity } from '../../../kubernetes/quantity';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const quotaHasRoom = rule({
  id: 'quota-has-room',
  sentence: 'A ResourceQuota has room for all pods at the peak of a rollout.',
  why: 'Past the quota new pods are refused, and the rollout stops in the middle.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  severity: 'high',
  fix: 'Raise the quota.',
  parts: objectsOf('ResourceQuota'),
  faults: ({ spec }, manifests, { object }) =>
    Object.entries(spec?.hard ?? {}).map(([resource, hard]) => {
      const needed = peakOf(manifests, namespaceOf(object), resource) ?? 0;
      return (
        needed > (parseQuantity(String(hard)) ?? 0) + 1e-9 && {
          path: `spec.hard${keyStep(resource)}`,
          must: `be at least ${Number(needed.toFixed(3))}, what the pods may need at once`,
        }
      );
    }),
});

/** What a namespace's pods take of a quota at the peak of a rollout; undefined for what is not about pods. */
export function peakOf(manifests: Manifests, namespace: string, resource: string): number | undefined {
  const [, side, of] = /^(requests|limits)\.(.+)$/.exec(longName(resource)) ?? [];
  if (resource !== 'pods' && of === undefined) return undefined;
  return manifests.pods.of(namespace).reduce((sum, pod) => {
    const most = pod.replicas ?? manifests.autoscaler(pod.object)?.fields.spec?.maxReplicas ?? 1;
    const count = most + surgeOf(pod.object, most);
    return sum + count * (of === undefined ? 1 : requestOf(pod, of, side as 'requests' | 'limits'));
  }, 0);
}

/** A quota may call requests by the resource alone. */
function longName(resource: string): string {
  return ['cpu', 'memory', 'ephemeral-storage'].includes(resource) ? `requests.${resource}` : resource;
}

import type { Resources } from '../../constructs/parts/resources';
import { Manifests } from '../../kubernetes/manifests';
import { rolloutPeak } from '../../kubernetes/scheduling/placement';
import { amountsOf } from '../../kubernetes/scheduling/requests';
import type { Model } from './model';

/**
 * The pods and resources that the objects under `raw` may use, for the quota of the namespace: all pods of a
 * rollout, and the same number of terminating pods.
 */
export function rawAllowances({ namespace, raw }: Model): { resources: Resources; pods: number }[] {
  const objects = Object.values(raw).flatMap((each) =>
    each.objects.map((object) => ({ ...object, metadata: { namespace, ...object.metadata } })),
  );
  if (objects.length === 0) return [];
  const manifests = new Manifests(objects);
  return manifests.pods.of(namespace).map((pod) => {
    const requests = amountsOf(pod, manifests);
    const limits = amountsOf(pod, manifests, 'limits');
    const bounds = (resource: 'cpu' | 'memory', unit: (amount: number) => string) => ({
      request: unit(requests[resource]),
      limit: unit(Math.max(limits[resource], requests[resource])),
    });
    return {
      resources: {
        cpu: bounds('cpu', (cores) => `${Math.max(1, Math.ceil(cores * 1000))}m`),
        memory: bounds('memory', (bytes) => String(Math.max(1, Math.ceil(bytes)))),
      },
      pods: 2 * rolloutPeak(pod),
    };
  });
}

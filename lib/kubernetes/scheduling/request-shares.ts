import type { KubernetesObject } from '../../documents/kubernetes';
import type { Manifests } from '../manifests';
import { knownMost } from '../workloads/pod-count';
import { amountsOf } from './requests';

/** The part of all requests that one workload has. */
export interface RequestShare {
  readonly object: KubernetesObject;
  /**
   * From 0 to 1: the mean of two fractions, that of all requested CPU and that of all requested memory. The shares of
   * all workloads add up to 1.
   */
  readonly share: number;
}

/**
 * The shares of the workloads that run permanently, in the order of the manifests. Empty if no workload requests CPU
 * or memory.
 */
export function requestShares(manifests: Manifests): RequestShare[] {
  const pods = manifests.pods.all
    .filter(({ isServing }) => isServing)
    .map((pod) => ({ object: pod.object, each: amountsOf(pod, manifests), pods: knownMost(pod.count) }));
  const total = (resource: 'cpu' | 'memory') =>
    pods.reduce((sum, { each, pods: count }) => sum + each[resource] * count, 0);
  const resources = (['cpu', 'memory'] as const).filter((resource) => total(resource) > 0);
  if (resources.length === 0) return [];
  return pods.map(({ object, each, pods: count }) => ({
    object,
    share:
      resources.reduce((sum, resource) => sum + (each[resource] * count) / total(resource), 0) /
      resources.length,
  }));
}

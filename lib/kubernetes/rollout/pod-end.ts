import type { PodSpec } from '../../../imports/kubernetes/kinds';

/**
 * Seconds that a pod may take to end. The kubelet takes them from the pod that ends, so a changed template shortens or
 * lengthens the end of the pods that it makes, not of those that it replaces.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export function terminationGrace({ terminationGracePeriodSeconds = 30 }: PodSpec): number {
  return terminationGracePeriodSeconds;
}

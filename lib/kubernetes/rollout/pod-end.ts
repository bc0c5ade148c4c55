import type { PodSpec } from '../../../imports/kubernetes/kinds';
import { defaultValues } from '../lifecycle/default-values';

/**
 * Seconds that a pod may take to end. The kubelet takes them from the pod that ends, so a changed template shortens or
 * lengthens the end of the pods that it makes, not of those that it replaces.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export function terminationGrace({
  terminationGracePeriodSeconds = defaultValues.terminationGracePeriodSeconds,
}: PodSpec): number {
  return terminationGracePeriodSeconds;
}

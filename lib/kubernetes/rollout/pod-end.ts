import type { PodSpec } from '../../../imports/kubernetes/kinds';
import { defaultValues } from '../lifecycle/default-values';

/**
 * Seconds that a pod has to stop. The kubelet uses the value in the running pod's own spec: a changed
 * template applies only to new pods.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export function terminationGrace({
  terminationGracePeriodSeconds = defaultValues.terminationGracePeriodSeconds,
}: PodSpec): number {
  return terminationGracePeriodSeconds;
}

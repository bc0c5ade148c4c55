import { resolvePace } from '../../../kubernetes/rollout/rollout-pace';
import { isWithin } from '../../../kubernetes/scheduling/node';
import type { DrillCluster } from '../cluster/cluster';
import { addAmount, type Quota } from '../cluster/crowd';
import type { DrillWorkload } from '../cluster/workload';

/**
 * Whether a quota may refuse a pod of a workload during a failure. A quota counts a pod until the pod is deleted:
 * terminating pods, and pods on a lost node, count in addition to their replacements. In the worst case, the quota
 * counts every workload twice, and a workload in a rollout also with its surge.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function mayBeRefused(workload: DrillWorkload, { quotas, crowd }: DrillCluster): boolean {
  const { surge } = resolvePace(workload.strategy, workload.mostReplicas);
  const isShort = (quota: Quota): boolean => {
    const use = crowd.useOf(quota, workload);
    const requests = addAmount(use.requests, workload.requests, surge);
    const limits = addAmount(use.limits, workload.limits, surge);
    return (
      use.pods + surge > quota.pods || !isWithin(requests, quota.requests) || !isWithin(limits, quota.limits)
    );
  };
  return quotas.some(
    (quota) => quota.namespace === workload.namespace && quota.mayCount(workload.object) && isShort(quota),
  );
}

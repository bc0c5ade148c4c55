import { resolvePace } from '../../../kubernetes/rollout/rollout-pace';
import type { DrillCluster, Quota } from '../cluster/cluster';
import type { DrillWorkload } from '../cluster/workload';

/**
 * Whether a quota of its namespace may refuse a pod of a workload during a failure. A quota counts a pod until it is
 * deleted: terminating pods, and pods on a lost node, count in addition to their replacements. In the worst case
 * every workload counts twice, and the one in a rollout once more with its surge.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function mayBeRefused(workload: DrillWorkload, { quotas, workloads }: DrillCluster): boolean {
  const here = workloads.filter(({ namespace }) => namespace === workload.namespace);
  const { surge } = resolvePace(workload.strategy, workload.mostReplicas);
  const isShort = (quota: Quota): boolean => {
    const counted = here.filter(({ object }) => quota.mayCount(object));
    const most = (of: (each: DrillWorkload) => number) =>
      counted.reduce((sum, each) => sum + 2 * each.mostReplicas * of(each), surge * of(workload));
    return (
      most(() => 1) > quota.pods ||
      (['cpu', 'memory'] as const).some(
        (resource) =>
          most(({ requests }) => requests[resource]) > quota.requests[resource] + 1e-6 ||
          most(({ limits }) => limits[resource]) > quota.limits[resource] + 1e-6,
      )
    );
  };
  return quotas.some(
    (quota) => quota.namespace === workload.namespace && quota.mayCount(workload.object) && isShort(quota),
  );
}

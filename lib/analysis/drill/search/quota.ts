import { resolvePace } from '../../../kubernetes/rollout/rollout-pace';
import type { DrillCluster, Quota } from '../cluster/cluster';
import type { DrillWorkload } from '../cluster/workload';

/**
 * Whether a quota of its namespace may refuse a pod of a workload while something is wrong. A quota counts a pod until it
 * is gone: those that end, and those that are stuck on a lost node, count beside their replacements. So at worst every
 * workload exists twice, and the one that rolls out once more and with its surge.
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

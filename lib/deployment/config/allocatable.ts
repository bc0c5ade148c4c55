import { parseQuantity } from '../../kubernetes/quantity';
import type { Cluster } from './schema/cluster';
import { nodeTypes } from './schema/node-types';

/** The kubelet's default threshold of eviction, which no pod may request. */
const evictionThreshold = 100 * 2 ** 20;

/**
 * What pods may request of a node: what its type has, less what `cluster.reserved` keeps for the system and for k3s, and
 * the kubelet's threshold. Nothing for a type that nobody knows.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/#node-allocatable
 */
export function allocatable(
  type: string,
  { reserved }: Pick<Cluster, 'reserved'>,
): { readonly cpu: number; readonly memory: number } {
  const { vcpu, memory } = nodeTypes[type] ?? { vcpu: 0, memory: 0 };
  const kept = (resource: 'cpu' | 'memory') =>
    [reserved.system, reserved.kubernetes].reduce(
      (sum, each) => sum + (parseQuantity(each[resource]) ?? 0),
      0,
    );
  return {
    cpu: Math.max(0, vcpu - kept('cpu')),
    memory: Math.max(0, memory - kept('memory') - evictionThreshold),
  };
}

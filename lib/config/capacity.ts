import { parseQuantity } from '../documents/quantity';
import type { Finding } from './finding';
import { nodeTypes } from './node-types';
import type { Deployment } from './schema';

/** The kubelet's default for `--max-pods`. */
const podsPerNode = 110;

/**
 * Refuses what the nodes couldn't hold even if they ran nothing else: such pods would stay Pending for ever. A
 * WebService needs room for one pod more than it has, or no rollout could begin; a Redis, on the one node it is
 * pinned to.
 */
export function checkCapacity({ nodes, workloads }: Deployment): Finding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    const eligible = Object.values(nodes).filter(({ labels = {} }) =>
      workload.kind === 'Redis'
        ? Object.entries(workload.nodeLabel).every(([key, value]) => labels[key] === value)
        : true,
    );
    const { cpu, memory } = workload.resources;
    const room = eligible.reduce((sum, { type }) => sum + roomOf(type, cpu.request, memory.request), 0);
    const request = `${cpu.request} CPU and ${memory.request}`;
    const hold = `${eligible.length} ${eligible.length === 1 ? 'node holds' : 'nodes hold'} at most ${room} pods that request ${request} each`;
    if (workload.kind !== 'WebService') {
      if (room > 0 || eligible.length === 0) return [];
      const message = `${hold}; lower the requests, or choose a larger node`;
      return [{ file: 'deployment', path: ['workloads', name, 'resources'], message }];
    }
    const scaled = workload.autoscaling?.enabled === true ? workload.autoscaling.maxReplicas : undefined;
    const replicas = scaled ?? workload.replicas;
    if (replicas < room) return [];
    const field = scaled === undefined ? ['replicas'] : ['autoscaling', 'maxReplicas'];
    const message = `is ${replicas}, and ${hold}, of which a rollout needs one; lower it, or add a node`;
    return [{ file: 'deployment', path: ['workloads', name, ...field], message }];
  });
}

/** How many such pods a node of a type holds. */
function roomOf(type: string, cpu: string, memory: string): number {
  const node = nodeTypes[type];
  if (node === undefined) return 0;
  const fits = (has: number, asks: string) =>
    Math.floor(has / (parseQuantity(asks) ?? Number.POSITIVE_INFINITY));
  return Math.min(podsPerNode, fits(node.vcpu, cpu), fits(node.memory, memory));
}

import { parseQuantity } from '../../../kubernetes/quantity';
import { allocatable } from '../allocatable';
import type { Deployment } from '../schema/schema';
import type { Finding } from './finding';

/** The kubelet's default for `--max-pods`. */
const podsPerNode = 110;

/**
 * Refuses what the nodes couldn't hold even if no other pod ran on them: such pods would stay Pending for ever. A
 * WebService needs room for one pod more than it has, or no rollout could begin; a Redis, on the one node it is
 * pinned to.
 */
export function checkCapacity({ nodes, workloads, cluster }: Deployment): Finding[] {
  const full = Object.entries(nodes).filter(([, { type }]) => isFull(allocatable(type, cluster)));
  if (full.length > 0) {
    const names = full.map(([name, { type }]) => `${name}, a ${type}`).join(', and of ');
    const message = `leaves nothing to the pods of ${names}; lower it, or choose a larger node`;
    return [{ file: 'deployment', path: ['cluster', 'reserved'], message }];
  }
  return Object.entries(workloads).flatMap(([name, workload]) => {
    const eligible = Object.values(nodes).filter(({ labels = {} }) =>
      workload.kind === 'Redis'
        ? Object.entries(workload.nodeLabel).every(([key, value]) => labels[key] === value)
        : true,
    );
    const { cpu, memory } = workload.resources;
    const room = eligible.reduce((sum, { type }) => {
      const has = allocatable(type, cluster);
      return sum + Math.min(podsPerNode, fits(has.cpu, cpu.request), fits(has.memory, memory.request));
    }, 0);
    const request = `${cpu.request} CPU and ${memory.request}`;
    const hold = `${eligible.length} ${eligible.length === 1 ? 'node, less cluster.reserved, holds' : 'nodes, less cluster.reserved, hold'} at most ${room} pods that request ${request} each`;
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

function isFull({ cpu, memory }: { readonly cpu: number; readonly memory: number }): boolean {
  return cpu === 0 || memory === 0;
}

function fits(has: number, asks: string): number {
  return Math.floor(has / (parseQuantity(asks) ?? Number.POSITIVE_INFINITY));
}

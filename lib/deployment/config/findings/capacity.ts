import { parseQuantity } from '../../../kubernetes/quantity';
import { admits } from '../../../kubernetes/scheduling/admission';
import { allocatable, howManyFit } from '../../../kubernetes/scheduling/node';
import { clusterNodes } from '../cluster-nodes';
import type { Deployment } from '../schema/schema';
import type { ConfigFinding, DeclaredNames } from './finding';

/**
 * Refuses workloads that don't fit on the nodes even if no other pods run, because their pods would stay
 * Pending. A WebService or a Worker needs room for one more pod than its replicas, because a rollout starts a
 * new pod before it stops an old one. A Redis must fit on the node that it is pinned to. If a node is
 * invalid, the capacity is unknown, and nothing is refused.
 */
export function checkCapacity(
  { nodes, workloads, cluster }: Deployment,
  declared: DeclaredNames,
): ConfigFinding[] {
  if (declared.nodes.some((name) => nodes[name] === undefined)) return [];
  const all = clusterNodes({ nodes, cluster });
  const full = all.filter((node) => Math.min(allocatable(node).cpu, allocatable(node).memory) === 0);
  if (full.length > 0) {
    const names = full.map(({ name }) => `${name} (${nodes[name]?.type})`).join(', ');
    const message = `leaves no CPU or no memory for pods on ${names}; lower the reserved amount, or choose a larger node type`;
    return [{ file: 'deployment', path: ['cluster', 'reserved'], message }];
  }
  return Object.entries(workloads).flatMap(([name, workload]) => {
    const pod = workload.kind === 'Redis' ? { nodeSelector: workload.nodeLabel } : {};
    const eligible = all.filter((node) => admits(pod, node));
    const { cpu, memory } = workload.resources;
    const requests = { cpu: parseQuantity(cpu.request) ?? 0, memory: parseQuantity(memory.request) ?? 0 };
    const room = eligible.reduce((sum, node) => sum + howManyFit(requests, allocatable(node)), 0);
    const request = `${cpu.request} CPU and ${memory.request}`;
    const capacity = `${eligible.length} ${eligible.length === 1 ? 'node has room (after cluster.reserved is subtracted) for' : 'nodes have room (after cluster.reserved is subtracted) for'} at most ${room} pods that request ${request} each`;
    if (workload.kind === 'StatefulService' && workload.replicas > room) {
      const message = `is ${workload.replicas}, but ${capacity}; lower replicas, or add a node`;
      return [{ file: 'deployment', path: ['workloads', name, 'replicas'], message }];
    }
    if (workload.kind !== 'WebService' && workload.kind !== 'Worker') {
      if (room > 0 || eligible.length === 0) return [];
      const message = `${capacity}; lower the requests, or choose a larger node type`;
      return [{ file: 'deployment', path: ['workloads', name, 'resources'], message }];
    }
    const scaled = workload.autoscaling?.enabled === true ? workload.autoscaling.maxReplicas : undefined;
    const replicas = scaled ?? workload.replicas;
    if (replicas < room) return [];
    const field = scaled === undefined ? ['replicas'] : ['autoscaling', 'maxReplicas'];
    const message = `is ${replicas}, but ${capacity}, and a rollout needs room for one more pod; lower the number, or add a node`;
    return [{ file: 'deployment', path: ['workloads', name, ...field], message }];
  });
}

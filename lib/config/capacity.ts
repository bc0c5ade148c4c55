import { parseQuantity } from '../documents/quantity';
import { nodeTypes } from './node-types';
import type { Finding } from './references';
import type { Deployment } from './schema';

/** The kubelet's default for `--max-pods`. */
const podsPerNode = 110;

/**
 * Refuses a count of replicas that the nodes couldn't hold even if they ran nothing else: such pods would
 * stay Pending for ever.
 */
export function checkCapacity({ nodes, workloads }: Deployment): Finding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    if (workload.kind !== 'WebService') return [];
    const scaled = workload.autoscaling?.enabled === true;
    const replicas = scaled ? (workload.autoscaling?.maxReplicas ?? 0) : workload.replicas;
    const cpu = parseQuantity(workload.resources.cpu.request) ?? 0;
    const memory = parseQuantity(workload.resources.memory.request) ?? 0;
    const room = Object.values(nodes)
      .map(({ type }) => nodeTypes[type])
      .reduce((sum, node) => {
        if (node === undefined) return sum;
        return sum + Math.min(podsPerNode, Math.floor(node.vcpu / cpu), Math.floor(node.memory / memory));
      }, 0);
    if (replicas <= room) return [];
    const field = scaled ? ['autoscaling', 'maxReplicas'] : ['replicas'];
    const request = `${workload.resources.cpu.request} CPU and ${workload.resources.memory.request}`;
    const message = `is ${replicas}, and ${Object.keys(nodes).length} nodes hold at most ${room} pods that request ${request} each; lower it, or add a node`;
    return [{ file: 'deployment', path: ['workloads', name, ...field], message }];
  });
}

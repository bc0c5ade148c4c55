import type { DrillFacts, DrillNode } from '../../analysis/drill/facts';
import { parseQuantity } from '../../kubernetes/quantity';
import { nodeTypes } from '../config/schema/node-types';
import { isUnresolved } from '../config/schema/unresolved';
import { targetsOf } from '../model/flows';
import { k3sSystem } from '../model/k3s-system';
import type { Model } from '../model/model';

/** What a drill knows of a deployment beside its documents. */
export function drillFacts(model: Model): DrillFacts {
  const { nodes, external, workloads, edge, cluster } = model;
  const byName = Object.entries(nodes);
  const { system, kubernetes } = cluster.reserved;
  const reserved = { cpu: both(system.cpu, kubernetes.cpu), memory: both(system.memory, kubernetes.memory) };
  return {
    nodes: byName.flatMap(([name, { type, hostname, location, labels = {} }]): DrillNode[] => {
      const capacity = nodeTypes[type];
      if (capacity === undefined) return [];
      return [
        {
          name,
          // The kubelet adds these by itself.
          labels: { 'kubernetes.io/hostname': hostname, 'kubernetes.io/os': 'linux', ...labels },
          capacity: { cpu: capacity.vcpu, memory: capacity.memory },
          reserved,
          location,
          // Chapter 0: every node is a server of k3s, with a member of etcd.
          isServer: true,
        },
      ];
    }),
    external: Object.entries(external).map(([name, { host }]) => ({
      name,
      host: isUnresolved(host) ? undefined : host,
    })),
    needs: Object.fromEntries(
      workloads.map(([name, workload]) => [name, targetsOf(model, workload).map((target) => target.name)]),
    ),
    edgeAddresses: edge === undefined ? [] : byName.map(([node, { address }]) => ({ address, node })),
    system: k3sSystem,
  };
}

function both(...quantities: string[]): number {
  return quantities.reduce((sum, each) => sum + (parseQuantity(each) ?? 0), 0);
}

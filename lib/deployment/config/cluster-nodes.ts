import { parseQuantity } from '../../kubernetes/quantity';
import { kubeletLabels, type Node } from '../../kubernetes/scheduling/node';
import { serverTypes } from '../../terraform/hetzner/prices';
import { isServer } from './schema/node-role';
import type { Deployment } from './schema/schema';

/**
 * The configured nodes, in the form that the analyses use. A node of an unknown type has no capacity; the
 * schema reports the type.
 */
export function clusterNodes({ nodes, cluster }: Pick<Deployment, 'nodes' | 'cluster'>): Node[] {
  const { system, kubernetes } = cluster.reserved;
  const reserved = (resource: 'cpu' | 'memory') =>
    [system, kubernetes].reduce((sum, each) => sum + (parseQuantity(each[resource]) ?? 0), 0);
  return Object.entries(nodes).map(([name, node]) => {
    const { type, hostname, location, labels = {} } = node;
    const { vcpu, memory } = serverTypes[type] ?? { vcpu: 0, memory: 0 };
    return {
      name,
      labels: { ...kubeletLabels(hostname, type.startsWith('cax') ? 'arm64' : 'amd64'), ...labels },
      capacity: { cpu: vcpu, memory },
      reserved: { cpu: reserved('cpu'), memory: reserved('memory') },
      zone: location,
      isServer: isServer(node),
    };
  });
}

import type { FirewallRule } from '../../../imports/providers/hcloud/firewall';
import type { NodeRole } from '../../nodes/node-setup';

/**
 * The input of Hetzner's firewall rules. Hetzner's firewall filters only public interfaces, never a private
 * network.
 */
export interface FirewallProps {
  /** The address ranges that may connect to port 443; empty without Cloudflare. */
  readonly cloudflareRanges: readonly string[];
  /** The networks that may connect to SSH and the API server. */
  readonly operatorNetworks: readonly string[];
  readonly sshPorts: readonly number[];
  /** The public cluster addresses of the nodes, by role; empty if the nodes use a private network. */
  readonly peers: Readonly<Record<NodeRole, readonly string[]>>;
  readonly flannelBackend: 'vxlan' | 'wireguard-native';
  /** Whether nodes pull images from each other. */
  readonly embeddedRegistry: boolean;
  /** The ports on the host network that the metrics agent scrapes on all nodes. */
  readonly metricsPorts: readonly number[];
}

const anyAddress = ['0.0.0.0/0', '::/0'];

/** @see https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes */
const ports = { etcd: '2379-2380', apiServer: '6443', kubelet: '10250', registry: '5001' } as const;
const flannelPorts = { vxlan: '8472', 'wireguard-native': '51820' } as const;

/**
 * The firewall rules for incoming traffic of the nodes of a role. All other incoming traffic is dropped; all
 * outgoing traffic is allowed.
 */
export function firewallRules(props: FirewallProps, role: NodeRole): FirewallRule[] {
  const { cloudflareRanges, operatorNetworks, sshPorts, peers } = props;
  return [
    ...(cloudflareRanges.length === 0 ? [] : [tcp('443', cloudflareRanges, 'HTTPS, from Cloudflare')]),
    ...sshPorts.map((port) => tcp(String(port), operatorNetworks, 'SSH, from the operator')),
    ...(role === 'server'
      ? [tcp(ports.apiServer, operatorNetworks, "Kubernetes' API, from the operator")]
      : []),
    { direction: 'in', protocol: 'icmp', sourceIps: anyAddress, description: 'ping, and path MTU' },
    ...(peers.server.length === 0 ? [] : betweenNodes(props, role)),
  ];
}

/** The rules between nodes with public cluster addresses. Without these rules etcd has no quorum. */
function betweenNodes(
  { peers, flannelBackend, embeddedRegistry, metricsPorts }: FirewallProps,
  role: NodeRole,
): FirewallRule[] {
  const servers = peers.server.map((address) => `${address}/32`);
  const nodes = [...servers, ...peers.agent.map((address) => `${address}/32`)];
  return [
    ...(role === 'server'
      ? [
          tcp(ports.etcd, servers, 'etcd, between nodes'),
          tcp(ports.apiServer, nodes, "Kubernetes' API, between nodes"),
        ]
      : []),
    tcp(ports.kubelet, nodes, 'kubelet, between nodes'),
    ...metricsPorts.map((port) => tcp(String(port), nodes, 'metrics, between nodes')),
    ...(embeddedRegistry ? [tcp(ports.registry, nodes, 'images, between nodes')] : []),
    // The embedded registry of every node listens on port 6443. On servers, the rule for the API server
    // already opens the port.
    ...(embeddedRegistry && role === 'agent'
      ? [tcp(ports.apiServer, nodes, 'image list of the embedded registry, between nodes')]
      : []),
    {
      direction: 'in',
      protocol: 'udp',
      port: flannelPorts[flannelBackend],
      sourceIps: nodes,
      description: `flannel (${flannelBackend}), between nodes`,
    },
  ];
}

function tcp(port: string, sources: readonly string[], description: string): FirewallRule {
  return { direction: 'in', protocol: 'tcp', port, sourceIps: [...sources], description };
}

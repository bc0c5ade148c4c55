import type { FirewallRule } from '../../../imports/providers/hcloud/firewall';
import type { NodeRole } from '../../nodes/node-setup';

/** The facts for the firewall. Hetzner's firewall filters public interfaces only, never a private network. */
export interface FirewallProps {
  /** The ranges that can connect to 443; none without an edge. */
  readonly cloudflareRanges: readonly string[];
  /** The networks that can connect to SSH and the API server. */
  readonly operatorNetworks: readonly string[];
  readonly sshPorts: readonly number[];
  /** The nodes' public cluster addresses; none with a private network. */
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
 * The rules for incoming traffic of a role's nodes. Other incoming traffic is dropped; all outgoing traffic
 * is allowed.
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

/** Traffic between public addresses passes this firewall: without these rules etcd has no quorum. */
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
    // The embedded registry of every node listens on 6443; servers have this rule for their API already.
    ...(embeddedRegistry && role === 'agent'
      ? [tcp(ports.apiServer, nodes, 'list of images, between nodes')]
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

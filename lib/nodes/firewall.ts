import type { FirewallRule, NodePeer } from './node-setup';
import type { NodeProps } from './props';

/**
 * The ports that k3s servers need for each other, from k3s' documentation. The port of the registry is open only with
 * the embedded registry.
 */
const etcdPorts = '2379:2380';
const apiServerPort = '6443';
const kubeletPort = '10250';
const registryPort = '5001';
const flannelPorts = { vxlan: '8472', 'wireguard-native': '51820' } as const;

/**
 * All rules for incoming traffic. The ports of a former Docker Swarm (2377, 7946, 4789, ESP, 500, 3000) get no rule,
 * so that the script removes their old rules. Port 80 gets no rule, because Cloudflare connects to the nodes over
 * TLS.
 */
export function firewall(props: NodeProps): FirewallRule[] {
  const { access, cluster, cloudflareRanges, role } = props;
  return [
    ...(access.networks ?? []).map(
      (from): FirewallRule => ({
        from,
        protocol: 'tcp',
        ports: [...access.sshPorts.map(String), ...(role === 'server' ? [apiServerPort] : [])],
        purpose: 'operator',
      }),
    ),
    ...cloudflareRanges.map(
      (from): FirewallRule => ({ from, protocol: 'tcp', ports: ['443'], purpose: 'Cloudflare' }),
    ),
    ...cluster.peers.flatMap((peer): FirewallRule[] => [
      { from: peer.address, protocol: 'tcp', ports: portsFor(peer, props), purpose: 'node' },
      {
        from: peer.address,
        protocol: 'udp',
        ports: [flannelPorts[cluster.flannelBackend]],
        purpose: 'node, flannel',
      },
    ]),
    // k3s' documentation requires these two rules on nodes with ufw.
    { from: cluster.podCidr, purpose: 'pods' },
    { from: cluster.serviceCidr, purpose: 'Services' },
  ];
}

/**
 * An agent runs no etcd and no API server. With the embedded registry, other nodes also connect to port 6443 of an
 * agent.
 */
function portsFor(peer: NodePeer, { role, cluster }: NodeProps): string[] {
  const { embeddedRegistry, metricsPorts } = cluster;
  return [
    ...(role === 'server' && peer.role === 'server' ? [etcdPorts] : []),
    ...(role === 'server' || embeddedRegistry ? [apiServerPort] : []),
    kubeletPort,
    ...metricsPorts.map(String),
    ...(embeddedRegistry ? [registryPort] : []),
  ];
}

/** A rule in the form that `ufw show added` prints, with sorted ports, so that the script can compare the two. */
export function ufwRule({ from, protocol, ports }: FirewallRule): string {
  const source = from.replace(/^([\d.]+)\/32$|^(.+)\/128$/, '$1$2');
  const first = (each: string) => Number.parseInt(each, 10);
  const sorted = [...(ports ?? [])].sort((a, b) => first(a) - first(b));
  const port = ports === undefined ? '' : ` to any port ${sorted.join(',')}`;
  return `allow from ${source}${port}${protocol === undefined ? '' : ` proto ${protocol}`}`;
}

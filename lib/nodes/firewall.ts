import type { FirewallRule, NodePeer } from './node-setup';
import type { NodeProps } from './props';

/** Between k3s servers, as its documentation lists it; the registry's port only where nodes hand images on. */
const etcdPorts = '2379:2380';
const apiServerPort = '6443';
const kubeletPort = '10250';
const registryPort = '5001';
const flannelPorts = { vxlan: '8472', 'wireguard-native': '51820' } as const;

/**
 * Everything that may come in. The Swarm's ports (2377, 7946, 4789, ESP, 500, 3000) have no rule here, so
 * theirs go; so does port 80 (newest-word), since Cloudflare speaks TLS to the nodes.
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
    // k3s' documentation, for who keeps ufw on.
    { from: cluster.podCidr, purpose: 'pods' },
    { from: cluster.serviceCidr, purpose: 'Services' },
  ];
}

/** An agent runs neither etcd nor the API server, and asks no member of etcd; the embedded registry answers on 6443, too. */
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

/** A rule as `ufw show added` prints it, with its ports in their order, so that the two can be compared. */
export function ufwRule({ from, protocol, ports }: FirewallRule): string {
  const source = from.replace(/^([\d.]+)\/32$|^(.+)\/128$/, '$1$2');
  const first = (each: string) => Number.parseInt(each, 10);
  const sorted = [...(ports ?? [])].sort((a, b) => first(a) - first(b));
  const port = ports === undefined ? '' : ` to any port ${sorted.join(',')}`;
  return `allow from ${source}${port}${protocol === undefined ? '' : ` proto ${protocol}`}`;
}

import { kindOf } from '../../kubernetes/objects/object-key';
import { metricsSocket, nodeMetricsPort } from '../../nodes/metrics';
import { type NodeRole, type NodeSetup, nodeRoles } from '../../nodes/node-setup';
import { isMap, jsonAt, listAt, type Sides, traefikValuesOf } from './sides';

/** The clients that may connect to a port of a node. */
export type Audience = 'Cloudflare' | 'the operator' | 'the nodes' | 'the servers';

/** A program that listens on the addresses of a node. */
export interface Listener {
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  readonly from: number;
  readonly to: number;
  readonly audiences: readonly Audience[];
  /** The roles of the nodes that the program runs on. */
  readonly roles: readonly NodeRole[];
}

/**
 * The programs that listen on the addresses of the nodes. Programs on 127.0.0.1 are left out, because they
 * need no firewall rule.
 */
export function listeners(sides: Sides): Listener[] {
  const [setup] = sides.setups;
  return [...traefikListeners(sides), ...(setup === undefined ? [] : nodeListeners(setup, sides.setups))];
}

function traefikListeners(sides: Sides): Listener[] {
  const values = traefikValuesOf(sides);
  if (values?.['hostNetwork'] !== true) return [];
  // A pod that may connect to a port of the nodes connects to all nodes; the other nodes see the address of
  // its own node.
  const usedByPods = portsOpenToPods(sides);
  return Object.entries(isMap(values['ports']) ? values['ports'] : {}).flatMap(([name, entry]) => {
    const port = jsonAt(entry, 'port');
    if (typeof port !== 'number' || jsonAt(entry, 'hostIP') === '127.0.0.1') return [];
    const isPublic = jsonAt(entry, 'http', 'tls', 'enabled') === true;
    const audiences: Audience[] = usedByPods.has(port) ? ['the nodes'] : [];
    return [tcp(`Traefik's ${name}`, port, port, isPublic ? ['Cloudflare'] : audiences)];
  });
}

/** The ports that the egress rules of NetworkPolicies allow. */
function portsOpenToPods({ objects }: Sides): ReadonlySet<number> {
  const policies = objects.filter((object) => kindOf(object) === 'NetworkPolicy');
  const rules = policies.flatMap(({ spec }) => listAt(spec, 'egress'));
  const ports = rules.flatMap((rule) => listAt(rule, 'ports')).map((entry) => jsonAt(entry, 'port'));
  return new Set(ports.filter((port) => typeof port === 'number'));
}

/** @see https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes */
function nodeListeners({ ssh, units, k3s }: NodeSetup, setups: readonly NodeSetup[]): Listener[] {
  const flannel = { vxlan: 8472, 'wireguard-native': 51820 }[k3s.flannelBackend];
  const members: Audience = setups.some((setup) => setup.k3s.role === 'agent') ? 'the servers' : 'the nodes';
  const embedsRegistry = setups.some(({ k3s: { files } }) =>
    files.some(({ text }) => /^embedded-registry: true$/m.test(text)),
  );
  return [
    ...ssh.ports.map((port) => tcp('SSH', port, port, ['the operator'])),
    tcp("Kubernetes' API", 6443, 6443, ['the operator', 'the nodes'], ['server']),
    tcp('etcd', 2379, 2380, [members], ['server']),
    tcp('the kubelet', 10250, 10250, ['the nodes']),
    ...(units.includes(metricsSocket)
      ? [tcp("the node's metrics", nodeMetricsPort, nodeMetricsPort, ['the nodes'])]
      : []),
    ...(embedsRegistry
      ? [
          tcp('the embedded registry', 5001, 5001, ['the nodes']),
          // https://docs.k3s.io/installation/registry-mirror#requirements: the nodes exchange the list of
          // images over 6443, which servers already open for their API.
          tcp("the embedded registry's list", 6443, 6443, ['the nodes'], ['agent']),
        ]
      : []),
    {
      ...{ name: 'flannel', protocol: 'udp', from: flannel, to: flannel },
      ...{ audiences: ['the nodes'], roles: nodeRoles },
    },
  ];
}

function tcp(
  name: string,
  from: number,
  to: number,
  audiences: readonly Audience[],
  roles: readonly NodeRole[] = nodeRoles,
): Listener {
  return { name, protocol: 'tcp', from, to, audiences, roles };
}

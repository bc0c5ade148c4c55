import { isWorldwide } from '../../documents/cidr';
import { type NodeRole, type NodeSetup, nodeRoles } from '../../nodes/node-setup';
import { ignoredArguments } from '../../terraform/lifecycle';
import { type Audience, type Listener, listeners } from './listeners';
import { hetznerOpenings, nodeOpenings, type Opening } from './openings';
import {
  type Agreement,
  addressesOf,
  type Disagreement,
  type Sides,
  strings,
  terraformResources,
} from './sides';

/** The nodes' ports: each listener is open in both firewalls for its clients, and for no others. */
export const firewallPorts: Agreement = {
  id: 'firewall-ports',
  sentence:
    "Each listener on the nodes is open to its clients and to no others; each open port has a listener; nodes can connect to each other's cluster addresses.",
  why: "A missing rule between the nodes breaks etcd's quorum and with it the cluster; a rule that is too wide exposes the cluster.",
  source: 'https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes',
  severity: 'critical',
  fix: 'State the port in the configuration, or remove the rule that was added by hand.',
  differences: (sides) => {
    const listening = listeners(sides);
    if (listening.length === 0) return [];
    const hetzner = hetznerOpenings(sides);
    const own = nodeOpenings(sides);
    return [
      ...terraformResources(sides, 'hcloud_firewall').flatMap(({ address }) => {
        const openings = hetzner.filter(({ object }) => object === address);
        const behind = listeningOn(rolesBehind(sides, address), listening);
        return closed(address, behind, openings, publicPeers(sides));
      }),
      ...sides.setups.flatMap((setup) => {
        const peers = sides.setups.filter(({ name }) => name !== setup.name);
        const addresses = peers.map(({ name, k3s }) => ({ name, addresses: [k3s.address], role: k3s.role }));
        const openings = own.filter(({ node }) => node === setup.name);
        const here = listeningOn([setup.k3s.role], listening);
        // The operator's networks can be unresolved; the script then changes nothing.
        const known = setup.ssh.networks !== undefined;
        const asked = known ? here : withoutOperator(here);
        return closed(`the firewall of ${setup.name}`, asked, openings, addresses);
      }),
      ...[...hetzner, ...own].flatMap((opening) => {
        const behind = listeningOn(rolesOf(opening, sides), listening);
        return [...idle(opening, behind), ...wide(opening, behind, sides)];
      }),
    ];
  },
};

/** The listeners on nodes of these roles. */
function listeningOn(roles: readonly NodeRole[], listening: readonly Listener[]): Listener[] {
  return listening.filter((listener) => listener.roles.some((role) => roles.includes(role)));
}

/** The roles of the nodes that a rule applies to. */
function rolesOf({ node, object }: Opening, sides: Sides): readonly NodeRole[] {
  if (node === undefined) return rolesBehind(sides, object);
  return sides.setups.filter(({ name }) => name === node).map(({ k3s }) => k3s.role);
}

/** The roles of the nodes whose servers use a Hetzner firewall; all roles for an unused one. */
function rolesBehind(sides: Sides, firewall: string): readonly NodeRole[] {
  const behind = terraformResources(sides, 'hcloud_server')
    .filter(({ body }) => strings(body, 'firewall_ids').includes(`\${${firewall}.id}`))
    .map(({ address }) => address);
  const roles = sides.setups.filter(({ name }) => behind.includes(`hcloud_server.${name}`)).map(roleOfSetup);
  return roles.length === 0 ? nodeRoles : [...new Set(roles)];
}

function roleOfSetup({ k3s }: NodeSetup): NodeRole {
  return k3s.role;
}

interface PortPeer {
  readonly name: string;
  readonly role: NodeRole;
  /** Any of them will do. */
  readonly addresses: readonly string[];
}

/**
 * The nodes whose traffic passes Hetzner's firewall: those with public cluster addresses, and those whose
 * existing servers are not in the private network.
 */
function publicPeers(sides: Sides): PortPeer[] {
  const { setups, nodes } = sides;
  return nodes
    .filter(
      ({ name, address }) =>
        setups.find((setup) => setup.name === name)?.k3s.address === address || hasNoNetwork(sides, name),
    )
    .map((node) => ({
      name: node.name,
      addresses: addressesOf(node),
      role: setups.find(({ name }) => name === node.name)?.k3s.role ?? 'server',
    }));
}

/** An imported server that ignores `network` is only in an imported network. */
function hasNoNetwork(sides: Sides, node: string): boolean {
  const imported = sides.terraform.flatMap((configuration) => configuration.import.map(({ to }) => to));
  const server = terraformResources(sides, 'hcloud_server').find(({ name }) => name === node);
  if (server === undefined || !imported.includes(server.address)) return false;
  const ignoring = ignoredArguments(server);
  const isIgnored = ignoring === 'all' || ignoring.has('network');
  return isIgnored && !imported.some((address) => address.startsWith('hcloud_network.'));
}

function withoutOperator(listening: readonly Listener[]): Listener[] {
  return listening.map((each) => ({
    ...each,
    audiences: each.audiences.filter((one) => one !== 'the operator'),
  }));
}

/** Listeners that a client can't reach. */
function closed(
  object: string,
  listening: readonly Listener[],
  openings: readonly Opening[],
  peers: readonly PortPeer[],
): Disagreement[] {
  return listening.flatMap((listener) => {
    const through = openings.filter(
      ({ protocol, from, to }) =>
        protocol === listener.protocol && from <= listener.from && to >= listener.to,
    );
    const sources = through.flatMap((opening) => opening.sources);
    const asking = peers.filter(({ role }) => asks(role, listener.audiences));
    const left = asking.filter(({ addresses }) => !addresses.some((one) => includesHost(sources, one)));
    const forNodes = left.length > 0;
    const names = left.map(({ name }) => name).join(', ');
    const others = listener.audiences.filter((one) => one !== 'the nodes' && one !== 'the servers');
    // Rules for the operator and Cloudflare are those without the nodes' addresses.
    const strangers = sources.filter(
      (source) => !peers.some(({ addresses }) => addresses.some((one) => includesHost([source], one))),
    );
    return [
      ...(forNodes
        ? [missing(object, listener, `from ${names}: the nodes lose contact, and etcd loses its quorum`)]
        : []),
      ...(others.length > 0 && strangers.length === 0
        ? [missing(object, listener, `from ${others.join(' and ')}`)]
        : []),
    ];
  });
}

function asks(role: NodeRole, audiences: Iterable<Audience>): boolean {
  const all = [...audiences];
  return all.includes('the nodes') || (role === 'server' && all.includes('the servers'));
}

function missing(object: string, { name, ...ports }: Listener, rest: string): Disagreement {
  return { object, path: portText(ports), message: `has no rule for ${name} ${rest}; add it` };
}

/** Open ports without a listener. */
function idle(opening: Opening, listening: readonly Listener[]): Disagreement[] {
  const answered = listening.some(
    ({ protocol, from, to }) => protocol === opening.protocol && from <= opening.from && to >= opening.to,
  );
  if (answered) return [];
  return [
    {
      object: opening.object,
      path: portText(opening),
      message: 'is open, and nothing listens there; remove the rule',
    },
  ];
}

/** Ports that are open to more than their clients. */
function wide(opening: Opening, listening: readonly Listener[], { nodes, setups }: Sides): Disagreement[] {
  const audiences = new Set<Audience>(
    listening
      .filter(
        ({ protocol, from, to }) => protocol === opening.protocol && from <= opening.to && to >= opening.from,
      )
      .flatMap((listener) => listener.audiences),
  );
  const world = opening.sources.filter((source) => isWorldwide(source));
  const message = (sources: readonly string[], whom: string) =>
    `is open to ${sources.join(', ')}; it must be open only to ${whom}`;
  const path = portText(opening);
  if (world.length > 0) {
    return [
      {
        object: opening.object,
        path,
        message: message(world, [...audiences].join(' and ') || 'its clients, and it has none'),
      },
    ];
  }
  const [audience] = audiences;
  if (audiences.size !== 1 || (audience !== 'the nodes' && audience !== 'the servers')) return [];
  const asking = setups.filter(({ k3s }) => asks(k3s.role, audiences));
  const known = [
    ...nodes.filter(({ name }) => asking.some((setup) => setup.name === name)).flatMap(addressesOf),
    ...asking.map(({ k3s }) => k3s.address),
  ];
  const strangers = opening.sources.filter(
    (source) => !known.some((address) => includesHost([source], address)),
  );
  return strangers.length === 0
    ? []
    : [{ object: opening.object, path, message: message(strangers, audience) }];
}

function includesHost(sources: readonly string[], address: string): boolean {
  return sources.includes(address) || sources.includes(`${address}/32`) || sources.includes(`${address}/128`);
}

function portText({ protocol, from, to }: Pick<Opening, 'protocol' | 'from' | 'to'>): string {
  return `${from === to ? from : `${from}-${to}`}/${protocol}`;
}

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

/**
 * Each port that a program on the nodes listens on is open in both firewalls, and only for its clients.
 */
export const firewallPorts: Agreement = {
  id: 'firewall-ports',
  sentence:
    "Each port on the nodes is open to its clients and to no others, each open port has a listener, and nodes can connect to each other's cluster addresses.",
  why: 'Without a rule between the nodes, etcd loses its quorum and the cluster fails. A rule that is too findWideOpenings exposes the cluster.',
  source: 'https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes',
  severity: 'critical',
  fix: 'Set the port in the configuration, or remove the rule that was added by hand.',
  differences: (sides) => {
    const listening = listeners(sides);
    if (listening.length === 0) return [];
    const hetzner = hetznerOpenings(sides);
    const own = nodeOpenings(sides);
    return [
      ...terraformResources(sides, 'hcloud_firewall').flatMap(({ address }) => {
        const openings = hetzner.filter(({ object }) => object === address);
        const behind = listeningOn(rolesBehind(sides, address), listening);
        return findUnreachable(address, behind, openings, publicPeers(sides));
      }),
      ...sides.setups.flatMap((setup) => {
        const peers = sides.setups.filter(({ name }) => name !== setup.name);
        const addresses = peers.map(({ name, k3s }) => ({ name, addresses: [k3s.address], role: k3s.role }));
        const openings = own.filter(({ node }) => node === setup.name);
        const here = listeningOn([setup.k3s.role], listening);
        // If the operator's networks are unresolved, the node script doesn't change the firewall, so rules
        // for SSH and the API server may be missingRule.
        const known = setup.ssh.networks !== undefined;
        const asked = known ? here : withoutOperator(here);
        return findUnreachable(`the firewall of ${setup.name}`, asked, openings, addresses);
      }),
      ...[...hetzner, ...own].flatMap((opening) => {
        const behind = listeningOn(rolesOf(opening, sides), listening);
        return [...findUnusedOpenings(opening, behind), ...findWideOpenings(opening, behind, sides)];
      }),
    ];
  },
};

/** The listeners that run on nodes with one of the roles. */
function listeningOn(roles: readonly NodeRole[], listening: readonly Listener[]): Listener[] {
  return listening.filter((listener) => listener.roles.some((role) => roles.includes(role)));
}

/** The roles of the nodes that a firewall rule applies to. */
function rolesOf({ node, object }: Opening, sides: Sides): readonly NodeRole[] {
  if (node === undefined) return rolesBehind(sides, object);
  return sides.setups.filter(({ name }) => name === node).map(({ k3s }) => k3s.role);
}

/** The roles of the nodes whose servers use a Hetzner firewall; all roles if no server uses it. */
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
  /** A rule for one of these addresses is enough. */
  readonly addresses: readonly string[];
}

/**
 * The nodes whose traffic to other nodes passes Hetzner's firewall: nodes with public cluster addresses, and
 * existing servers that are not in the private network.
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

/**
 * If an imported server ignores `network`, Terraform doesn't attach it: only an imported network can contain
 * the server.
 */
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

/** Finds listeners that some of their clients can't connect to. */
function findUnreachable(
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
    const clients = peers.filter(({ role }) => isClient(role, listener.audiences));
    const left = clients.filter(({ addresses }) => !addresses.some((one) => includesHost(sources, one)));
    const forNodes = left.length > 0;
    const names = left.map(({ name }) => name).join(', ');
    const others = listener.audiences.filter((one) => one !== 'the nodes' && one !== 'the servers');
    // Sources that are not addresses of nodes: the networks of the operator, and Cloudflare's ranges.
    const strangers = sources.filter(
      (source) => !peers.some(({ addresses }) => addresses.some((one) => includesHost([source], one))),
    );
    return [
      ...(forNodes
        ? [
            missingRule(
              object,
              listener,
              `from ${names}: these nodes lose contact with the other nodes, and etcd loses its quorum`,
            ),
          ]
        : []),
      ...(others.length > 0 && strangers.length === 0
        ? [missingRule(object, listener, `from ${others.join(' and ')}`)]
        : []),
    ];
  });
}

function isClient(role: NodeRole, audiences: Iterable<Audience>): boolean {
  const all = [...audiences];
  return all.includes('the nodes') || (role === 'server' && all.includes('the servers'));
}

function missingRule(object: string, { name, ...ports }: Listener, rest: string): Disagreement {
  return { object, path: portText(ports), message: `has no rule for ${name} ${rest}; add it` };
}

/** Finds open ports that no program listens on. */
function findUnusedOpenings(opening: Opening, listening: readonly Listener[]): Disagreement[] {
  const answered = listening.some(
    ({ protocol, from, to }) => protocol === opening.protocol && from <= opening.from && to >= opening.to,
  );
  if (answered) return [];
  return [
    {
      object: opening.object,
      path: portText(opening),
      message: 'is open, but no program listens on the port; remove the rule',
    },
  ];
}

/** Finds ports that are open to others than the clients of their listeners. */
function findWideOpenings(
  opening: Opening,
  listening: readonly Listener[],
  { nodes, setups }: Sides,
): Disagreement[] {
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
        message: message(
          world,
          [...audiences].join(' and ') || 'the clients of this port, and it has no clients',
        ),
      },
    ];
  }
  const [audience] = audiences;
  if (audiences.size !== 1 || (audience !== 'the nodes' && audience !== 'the servers')) return [];
  const clients = setups.filter(({ k3s }) => isClient(k3s.role, audiences));
  const known = [
    ...nodes.filter(({ name }) => clients.some((setup) => setup.name === name)).flatMap(addressesOf),
    ...clients.map(({ k3s }) => k3s.address),
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

import { contains, lastAddress, overlap } from '../../../documents/cidr';
import type { Path } from '../../../input/source';
import { podCidr, serviceCidr } from '../../../kubernetes/k3s-network';
import { networkZones } from '../schema/locations';
import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/**
 * The most servers of a placement group of the type spread: each is on a host of its own.
 *
 * @see https://docs.hetzner.com/cloud/placement-groups/overview
 */
const spreadLimit = 10;

/** What k3s gives to pods and to Services by default. */
const clusterRanges = [
  [podCidr, 'pods'],
  [serviceCidr, 'Services'],
] as const;

/** Contradictions between the servers, their network and their imports. */
export function serverFindings(deployment: Deployment, declared: DeclaredNames): ConfigFinding[] {
  return [
    ...locationFindings(deployment),
    ...hostnameFindings(deployment),
    ...networkFindings(deployment),
    ...adoptedFindings(deployment, declared),
  ];
}

/** etcd waits for the slower half of its members on every write, so all of them belong to one network zone. */
function locationFindings({ nodes, hetzner }: Deployment): ConfigFinding[] {
  const entries = Object.entries(nodes);
  const [first] = entries;
  if (first === undefined) return [];
  const zone = networkZones[first[1].location];
  const near = Object.entries(networkZones).filter(([, each]) => each === zone);
  const names = near.map(([location]) => location).join(', ');
  const elsewhere = entries
    .filter(([, { location }]) => networkZones[location] !== zone)
    .map(([name, { location }]) =>
      at(
        ['nodes', name, 'location'],
        `is ${location}, in the network zone ${networkZones[location]}, and ${first[0]} is in ${zone}; choose one of ${names}`,
      ),
    );
  if (hetzner === undefined) return elsewhere;
  const many = entries
    .slice(spreadLimit)
    .map(([name]) =>
      at(
        ['nodes', name],
        `is more than the ${spreadLimit} servers that a placement group spreads; remove it`,
      ),
    );
  return [...elsewhere, ...many];
}

/** cloud-init gives a new server its name up to the first dot, and the script of a node runs on no other machine. */
function hostnameFindings({ nodes, hetzner, adopt }: Deployment): ConfigFinding[] {
  if (hetzner === undefined) return [];
  return Object.entries(nodes)
    .filter(([name, { hostname }]) => adopt?.servers?.[name] === undefined && hostname.includes('.'))
    .map(([name, { hostname }]) =>
      at(
        ['nodes', name, 'hostname'],
        `is ${hostname}, and a new server calls itself ${hostname.split('.')[0]}; state it without a dot`,
      ),
    );
}

function networkFindings({ nodes, hetzner, cluster }: Deployment): ConfigFinding[] {
  const network = hetzner?.privateNetwork;
  if (network === 'none' && cluster.nodeAddresses === 'private') {
    const message = 'is none, and cluster.nodeAddresses is private; state its range and its subnet';
    return [at(['hetzner', 'privateNetwork'], message)];
  }
  if (network === undefined || network === 'none') return [];
  const { range, subnet } = network;
  const place: Path = ['hetzner', 'privateNetwork'];
  const taken = clusterRanges
    .filter(([cidr]) => overlap(cidr, range))
    .map(([cidr, whose]) =>
      at(
        [...place, 'range'],
        `is ${range}, which overlaps the cluster's ${whose}, ${cidr}; choose another, such as 10.0.0.0/16`,
      ),
    );
  const outside = contains(range, subnet)
    ? []
    : [at([...place, 'subnet'], `is ${subnet}, outside of the range, ${range}; choose one inside of it`)];
  const addresses = Object.entries(nodes).flatMap(([name, { privateAddress }]) => {
    if (privateAddress === undefined) {
      return [
        {
          ...at(
            ['nodes', name],
            `has no privateAddress, and there is a private network; state one in ${subnet}`,
          ),
          key: true,
        },
      ];
    }
    const problem = addressProblem(privateAddress, subnet);
    return problem === undefined
      ? []
      : [at(['nodes', name, 'privateAddress'], `is ${privateAddress}, ${problem}`)];
  });
  return [...taken, ...outside, ...addresses];
}

function addressProblem(address: string, subnet: string): string | undefined {
  if (!contains(subnet, address))
    return `outside of the private network's subnet, ${subnet}; choose one inside of it`;
  // The gateway has the first address; the subnet's last is nobody's, nor is that of Hetzner's own gateway.
  const kept = /\.[01]$/.test(address) || address === lastAddress(subnet) || address === '172.31.1.1';
  return kept ? 'which Hetzner keeps for itself; choose one from .2 on, and not the last' : undefined;
}

/** What isn't adopted is made: a server that runs would get a second address. An address may wait for a new server. */
function adoptedFindings({ adopt, hetzner }: Deployment, declared: DeclaredNames): ConfigFinding[] {
  const { servers = {}, primaryIps = {}, firewall, placementGroup, privateNetwork } = adopt ?? {};
  const named = Object.entries({ servers, primaryIps }).flatMap(([kind, ids]) =>
    Object.keys(ids).map((name) => ({ kind, name })),
  );
  const findings = named.flatMap(({ kind, name }) => {
    const path = ['adopt', kind, name];
    if (!declared.nodes.includes(name))
      return [{ ...at(path, unknown('the node', name, declared.nodes)), key: true }];
    // An error of the node is reported at the node.
    if (kind !== 'servers' || primaryIps[name] !== undefined || !declared.complete) return [];
    const message = `has no adopt.primaryIps.${name}, so Terraform would create a second address; state its id`;
    return [{ ...at(path, message), key: true }];
  });
  if (privateNetwork !== undefined && (hetzner?.privateNetwork ?? 'none') === 'none') {
    const message = 'is imported, but hetzner.privateNetwork is none; state its ranges there';
    findings.push({ ...at(['adopt', 'privateNetwork'], message), key: true });
  }
  const something = named.length > 0 || firewall !== undefined || placementGroup !== undefined;
  if (something && hetzner === undefined && declared.complete) {
    const message = 'names servers, but the section hetzner is missing; add it, or remove them';
    findings.push({ ...at(['adopt'], message), key: true });
  }
  return findings;
}

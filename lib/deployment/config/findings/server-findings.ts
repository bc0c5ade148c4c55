import { contains, lastAddress, overlap } from '../../../documents/cidr';
import type { Path } from '../../../input/source';
import { podCidr, serviceCidr } from '../../../kubernetes/k3s-network';
import { networkZones } from '../schema/locations';
import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/**
 * The maximum number of servers in a placement group of type spread, which runs each server on another
 * physical host.
 *
 * @see https://docs.hetzner.com/cloud/placement-groups/overview/
 */
const spreadLimit = 10;

/** The default address ranges of pods and Services in k3s. */
const clusterRanges = [
  [podCidr, 'pods'],
  [serviceCidr, 'Services'],
] as const;

/** Reports contradictions between nodes, the private network and imported resources. */
export function serverFindings(deployment: Deployment, declared: DeclaredNames): ConfigFinding[] {
  return [
    ...locationFindings(deployment),
    ...hostnameFindings(deployment),
    ...networkFindings(deployment),
    ...adoptedFindings(deployment, declared),
  ];
}

/**
 * Every write to etcd waits for a majority of its members, so a high latency between the servers is not
 * acceptable: all of them must be in one network zone.
 */
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
        `is ${location}, in the network zone ${networkZones[location]}, but ${first[0]} is in ${zone}; choose one of ${names}`,
      ),
    );
  if (hetzner === undefined) return elsewhere;
  const many = entries
    .slice(spreadLimit)
    .map(([name]) =>
      at(
        ['nodes', name],
        `exceeds the ${spreadLimit} servers that a spread placement group can have; remove this node`,
      ),
    );
  return [...elsewhere, ...many];
}

/**
 * cloud-init sets the hostname of a new server to its name up to the first dot, but the node script expects
 * the full name.
 */
function hostnameFindings({ nodes, hetzner, adopt }: Deployment): ConfigFinding[] {
  if (hetzner === undefined) return [];
  return Object.entries(nodes)
    .filter(([name, { hostname }]) => adopt?.servers?.[name] === undefined && hostname.includes('.'))
    .map(([name, { hostname }]) =>
      at(
        ['nodes', name, 'hostname'],
        `is ${hostname}, but a new server would have the hostname ${hostname.split('.')[0]}; write it without a dot`,
      ),
    );
}

function networkFindings({ nodes, hetzner, cluster }: Deployment): ConfigFinding[] {
  const network = hetzner?.privateNetwork;
  if (network === 'none' && cluster.nodeAddresses === 'private') {
    const message = 'is none, but cluster.nodeAddresses is private; set range and subnet';
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
        `is ${range}, which overlaps ${cidr}, the range of the cluster's ${whose}; choose another range, such as 10.0.0.0/16`,
      ),
    );
  const outside = contains(range, subnet)
    ? []
    : [
        at(
          [...place, 'subnet'],
          `is ${subnet}, outside of the range ${range}; choose a subnet inside the range`,
        ),
      ];
  const addresses = Object.entries(nodes).flatMap(([name, { privateAddress }]) => {
    if (privateAddress === undefined) {
      return [
        {
          ...at(
            ['nodes', name],
            `has no privateAddress, but the configuration has a private network; set an address in ${subnet}`,
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
    return `outside of the private network's subnet ${subnet}; choose an address inside it`;
  // Hetzner reserves the first address (the network's gateway), the subnet's last address, and 172.31.1.1
  // (the gateway of the public interface).
  const kept = /\.[01]$/.test(address) || address === lastAddress(subnet) || address === '172.31.1.1';
  return kept
    ? 'which Hetzner reserves; choose an address in the subnet that ends with 2 or more, but not the last address'
    : undefined;
}

/**
 * Every imported server needs an imported primary IP: Terraform creates resources that are not imported, so
 * the server would get a second address. A primary IP can be imported before its server exists.
 */
function adoptedFindings({ adopt, hetzner }: Deployment, declared: DeclaredNames): ConfigFinding[] {
  const { servers = {}, primaryIps = {}, firewall, placementGroup, privateNetwork } = adopt ?? {};
  const named = Object.entries({ servers, primaryIps }).flatMap(([kind, ids]) =>
    Object.keys(ids).map((name) => ({ kind, name })),
  );
  const findings = named.flatMap(({ kind, name }) => {
    const path = ['adopt', kind, name];
    if (!declared.nodes.includes(name))
      return [{ ...at(path, unknown('the node', name, declared.nodes)), key: true }];
    // If a node is invalid, its own error is reported; its primary IP is not checked.
    if (kind !== 'servers' || primaryIps[name] !== undefined || !declared.complete) return [];
    const message = `has no adopt.primaryIps.${name}, so Terraform would create a second address; set it to the id of the existing Primary IP`;
    return [{ ...at(path, message), key: true }];
  });
  if (privateNetwork !== undefined && (hetzner?.privateNetwork ?? 'none') === 'none') {
    const message = 'is imported, but hetzner.privateNetwork is none; state its ranges there';
    findings.push({ ...at(['adopt', 'privateNetwork'], message), key: true });
  }
  const something = named.length > 0 || firewall !== undefined || placementGroup !== undefined;
  if (something && hetzner === undefined && declared.complete) {
    const message = 'names servers, but the section hetzner is missing; add hetzner, or remove the servers';
    findings.push({ ...at(['adopt'], message), key: true });
  }
  return findings;
}

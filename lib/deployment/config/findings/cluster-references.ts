import { podCidr, serviceCidr } from '../../../kubernetes/k3s-network';
import { isServer, serverNames } from '../schema/node-role';
import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** Checks that the k3s options refer to declared nodes and images. */
export function checkCluster(deployment: Deployment, declared: DeclaredNames): ConfigFinding[] {
  return [
    ...firstNodeFindings(deployment, declared),
    ...serverlessFindings(deployment),
    ...adoptedClusterFindings(deployment),
    ...privateNetworkFindings(deployment),
    ...privateAddressFindings(deployment),
    ...registryFindings(deployment, declared),
  ];
}

/** The other nodes join the first node, so the first node must run an API server. */
function firstNodeFindings({ cluster, nodes }: Deployment, declared: DeclaredNames): ConfigFinding[] {
  const { firstNode } = cluster;
  const path = ['cluster', 'firstNode'];
  if (!declared.nodes.includes(firstNode)) {
    return [at(path, unknown('the node', firstNode, declared.nodes))];
  }
  const node = nodes[firstNode];
  const servers = serverNames(nodes);
  if (node === undefined || isServer(node) || servers.length === 0) return [];
  const message = `is ${firstNode}, an agent, which has no API server that other nodes could join; name one of the servers: ${servers.join(', ')}`;
  return [at(path, message)];
}

/** At least one node must be a server: agents don't run the API server or etcd. */
function serverlessFindings({ cluster, nodes }: Deployment): ConfigFinding[] {
  const [first] = Object.keys(nodes);
  if (first === undefined || serverNames(nodes).length > 0) return [];
  const name = nodes[cluster.firstNode] === undefined ? first : cluster.firstNode;
  const message = `is agent, as on every other node; a cluster needs at least one server, which runs the API server and etcd; remove role: agent from nodes.${name}`;
  return [at(['nodes', name, 'role'], message)];
}

function privateNetworkFindings({ cluster, hetzner, adopt }: Deployment): ConfigFinding[] {
  // Existing servers are checked by adoptedClusterFindings.
  if (Object.keys(adopt?.servers ?? {}).length > 0) return [];
  if (cluster.nodeAddresses === 'public' || hetzner?.privateNetwork !== 'none') return [];
  const message =
    'is private, but hetzner.privateNetwork is none; set hetzner.privateNetwork, or set public here';
  return [at(['cluster', 'nodeAddresses'], message)];
}

/**
 * Terraform ignores the network of existing servers, so it doesn't attach them. If they are in no network, a
 * firewall for private addresses would block all traffic between the nodes.
 */
function adoptedClusterFindings({ cluster, adopt }: Deployment): ConfigFinding[] {
  const servers = Object.keys(adopt?.servers ?? {});
  if (cluster.nodeAddresses === 'public' || servers.length === 0) return [];
  if (adopt?.privateNetwork !== undefined) return [];
  const message = `is private, but the running servers ${servers.join(', ')} (adopt.servers) are in no private network: adopt.privateNetwork is not set. Hetzner's firewall would block the connections between the nodes. If the servers are attached to a network, set adopt.privateNetwork to its id (hcloud network list); otherwise set public here`;
  return [at(['cluster', 'nodeAddresses'], message)];
}

/**
 * With private cluster addresses every node needs a private address. A private address that is set must be in
 * a private range.
 */
function privateAddressFindings({ nodes, cluster }: Deployment): ConfigFinding[] {
  return Object.entries(nodes).flatMap(([name, { privateAddress }]) => {
    if (privateAddress === undefined) {
      if (cluster.nodeAddresses === 'public') return [];
      const message = 'has no privateAddress, but cluster.nodeAddresses is private; set privateAddress';
      return [{ ...at(['nodes', name], message), key: true }];
    }
    const clustersOwn = /^10\.4[23]\./.test(privateAddress);
    if (isPrivate(privateAddress) && !clustersOwn) return [];
    const problem = clustersOwn
      ? `among the addresses of pods and Services (${podCidr}, ${serviceCidr})`
      : 'not a private address';
    const message = `is ${privateAddress}, ${problem}; choose an address of the private network, such as 10.0.1.2`;
    return [at(['nodes', name, 'privateAddress'], message)];
  });
}

function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
}

/** Credentials for a registry from which no image comes are probably a mistake. */
function registryFindings({ images, cluster }: Deployment, { complete }: DeclaredNames): ConfigFinding[] {
  const { host } = cluster.registry;
  if (!complete || Object.values(images).some(({ repository }) => repository.startsWith(`${host}/`)))
    return [];
  return [
    at(
      ['cluster', 'registry', 'host'],
      `is ${host}, but no image is from that registry; set it to the registry of your images`,
    ),
  ];
}

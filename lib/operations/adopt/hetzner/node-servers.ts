import { isServer } from '../../../deployment/config/schema/node-role';
import type { Deployment } from '../../../deployment/config/schema/schema';
import type { HetznerServer } from '../../hetzner/resources';

type DescribedNode = Deployment['nodes'][string];

/**
 * The server with the address of a node. Before the first apply of Terraform, the names of servers may differ from
 * the names in the configuration.
 */
export function serverAt(
  servers: readonly HetznerServer[],
  { address }: DescribedNode,
): HetznerServer | undefined {
  return servers.find(({ public_net: { ipv4 } }) => ipv4?.ip === address);
}

/** The servers of the nodes that run the API server, by the name of the node. */
export function controlPlaneServers(
  servers: readonly HetznerServer[],
  { nodes }: Deployment,
): ReadonlyMap<string, HetznerServer> {
  return new Map(
    Object.entries(nodes).flatMap(([name, node]) => {
      const server = isServer(node) ? serverAt(servers, node) : undefined;
      return server === undefined ? [] : [[name, server] as const];
    }),
  );
}

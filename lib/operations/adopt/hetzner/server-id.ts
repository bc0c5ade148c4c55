import type { HetznerProject } from '../../hetzner/project';
import { type AdoptResolver, found, notFound, stateValue } from '../resolver';
import { serverAt } from './node-servers';

/** Finds the id of the server with the address of each node. */
export const serverIdResolver: AdoptResolver<HetznerProject> = {
  path: 'adopt.servers.*',
  foundIn: "the id of the server that has the node's address",
  command: () => 'hcloud server list -o columns=id,name,ipv4',
  async find({ path, deployment: { nodes } }, project) {
    const name = String(path.at(-1));
    const node = nodes[name];
    if (node === undefined) return notFound('missing', `no node is called ${name}; remove the entry`);
    const servers = await project.list('servers');
    const server = serverAt(servers, node);
    if (server !== undefined) return found(stateValue(path, String(server.id)));
    const renamed = servers.find((each) => each.name === node.hostname);
    if (renamed !== undefined)
      return notFound(
        'missing',
        `the server ${renamed.name} (${renamed.id}) has the address ${renamed.public_net.ipv4?.ip ?? 'of no IPv4'}, and nodes.${name}.address is ${node.address}; correct the address`,
      );
    return notFound(
      'missing',
      `the project of HCLOUD_TOKEN has ${servers.length} ${servers.length === 1 ? 'server' : 'servers'}, and none with the address ${node.address}; use a token of the project that has the node, or remove the entry if Terraform is to create the server`,
    );
  },
};

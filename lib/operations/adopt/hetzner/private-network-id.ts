import type { HetznerProject } from '../../hetzner/project';
import type { HetznerServer } from '../../hetzner/resources';
import type { AdoptResolver } from '../resolver';
import { controlPlaneServers } from './node-servers';
import { sharedResource } from './shared-resource';

/** Finds the id of the network that the servers are attached to. */
export const privateNetworkIdResolver: AdoptResolver<HetznerProject> = {
  path: 'adopt.privateNetwork',
  foundIn: "the id of the network that the nodes' servers are attached to",
  command: () => 'hcloud network list -o columns=id,name,ip_range,servers',
  async find(value, project) {
    const servers = controlPlaneServers(await project.list('servers'), value.deployment);
    const networks = (await project.list('networks')).map(({ id, name }) => ({
      ...{ id, name },
      isUsedBy: ({ private_net: attached }: HetznerServer) => attached.some(({ network }) => network === id),
    }));
    return sharedResource(value, servers, networks, 'network');
  },
};

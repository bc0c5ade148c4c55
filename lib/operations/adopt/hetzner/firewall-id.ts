import type { HetznerProject } from '../../hetzner/project';
import type { HetznerServer } from '../../hetzner/resources';
import type { AdoptResolver } from '../resolver';
import { controlPlaneServers } from './node-servers';
import { sharedResource } from './shared-resource';

/** Finds the id of the firewall of the servers. The firewall of the agents is not adopted. */
export const firewallIdResolver: AdoptResolver<HetznerProject> = {
  path: 'adopt.firewall',
  foundIn: "the id of the firewall that is applied to the nodes' servers",
  command: () => 'hcloud firewall list -o columns=id,name,applied_to_count',
  async find(value, project) {
    const servers = controlPlaneServers(await project.list('servers'), value.deployment);
    const firewalls = (await project.list('firewalls')).map(({ id, name }) => ({
      ...{ id, name },
      isUsedBy: ({ public_net: { firewalls: applied } }: HetznerServer) =>
        applied.some((each) => each.id === id),
    }));
    return sharedResource(value, servers, firewalls, 'firewall');
  },
};

import type { HetznerProject } from '../../hetzner/project';
import type { HetznerServer } from '../../hetzner/resources';
import type { AdoptResolver } from '../resolver';
import { controlPlaneServers } from './node-servers';
import { sharedResource } from './shared-resource';

/** Finds the id of the placement group of the servers. */
export const placementGroupIdResolver: AdoptResolver<HetznerProject> = {
  path: 'adopt.placementGroup',
  foundIn: "the id of the placement group of the nodes' servers",
  command: () => 'hcloud placement-group list -o columns=id,name,servers',
  async find(value, project) {
    const servers = controlPlaneServers(await project.list('servers'), value.deployment);
    const groups = (await project.list('placement_groups')).map(({ id, name }) => ({
      ...{ id, name },
      isUsedBy: ({ placement_group: group }: HetznerServer) => group?.id === id,
    }));
    return sharedResource(value, servers, groups, 'placement group');
  },
};

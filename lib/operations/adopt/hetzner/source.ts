import { type HetznerOptions, HetznerProject } from '../../hetzner/project';
import { type AdoptSource, adoptSource, SourceMissing } from '../source';
import { firewallId } from './firewall-id';
import { placementGroupId } from './placement-group-id';
import { primaryIpId } from './primary-ip-id';
import { privateNetworkId } from './private-network-id';
import { serverId } from './server-id';
import { surveyProject } from './survey';

/** The project at Hetzner that HCLOUD_TOKEN belongs to. */
export function hetznerSource(options: HetznerOptions = {}): AdoptSource {
  return adoptSource<HetznerProject>({
    name: 'Hetzner',
    needs: 'HCLOUD_TOKEN',
    resolvers: [serverId, primaryIpId, firewallId, placementGroupId, privateNetworkId],
    connect: async ({ environment, signal }, ask) => {
      const token = environment['HCLOUD_TOKEN'];
      if (!token)
        throw new SourceMissing(
          "HCLOUD_TOKEN is not set; set it to an API token of the nodes' project (Read is enough)",
        );
      return ask(new HetznerProject(token, { signal, ...options }));
    },
    survey: surveyProject,
  });
}

import { type HetznerOptions, HetznerProject } from '../../hetzner/project';
import { type AdoptSource, adoptSource, SourceMissing } from '../source';
import { firewallIdResolver } from './firewall-id';
import { placementGroupIdResolver } from './placement-group-id';
import { primaryIpIdResolver } from './primary-ip-id';
import { privateNetworkIdResolver } from './private-network-id';
import { serverIdResolver } from './server-id';
import { surveyProject } from './survey';

/** The source for values of the Hetzner project that HCLOUD_TOKEN belongs to. */
export function hetznerSource(options: HetznerOptions = {}): AdoptSource {
  return adoptSource<HetznerProject>({
    name: 'Hetzner',
    needs: 'HCLOUD_TOKEN',
    resolvers: [
      serverIdResolver,
      primaryIpIdResolver,
      firewallIdResolver,
      placementGroupIdResolver,
      privateNetworkIdResolver,
    ],
    connect: async ({ deployment, environment, signal }, ask) => {
      if (deployment.hetzner === undefined) throw new SourceMissing('the configuration has no `hetzner`');
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

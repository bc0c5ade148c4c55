import { CloudflareApi, type CloudflareOptions } from '../../cloudflare/api';
import { type AdoptSource, adoptSource, SourceMissing } from '../source';
import type { CloudflareConnection } from './connection';
import { recordIdResolver } from './record-id';
import { rulesetIdResolver } from './ruleset-id';
import { surveyZone } from './survey';
import { zoneIdResolver } from './zone-id';

/** The zone at Cloudflare, as CLOUDFLARE_API_TOKEN may read it. */
export function cloudflareSource(options: CloudflareOptions = {}): AdoptSource {
  return adoptSource<CloudflareConnection>({
    name: 'Cloudflare',
    needs: 'CLOUDFLARE_API_TOKEN',
    resolvers: [zoneIdResolver, recordIdResolver, rulesetIdResolver],
    connect: async ({ deployment, environment, signal }, ask) => {
      if (deployment.edge?.cloudflare === undefined)
        throw new SourceMissing('the configuration has no `edge.cloudflare`');
      const token = environment['CLOUDFLARE_API_TOKEN'];
      if (!token)
        throw new SourceMissing(
          'CLOUDFLARE_API_TOKEN is not set; set it to an API token that reads the zone',
        );
      return ask({ api: new CloudflareApi(token, { signal, ...options }) });
    },
    survey: surveyZone,
  });
}

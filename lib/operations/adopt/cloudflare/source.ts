import { CloudflareApi, type CloudflareOptions } from '../../cloudflare/api';
import { type AdoptSource, adoptSource, SourceMissing } from '../source';
import type { CloudflareConnection } from './connection';
import { recordId } from './record-id';
import { rulesetId } from './ruleset-id';
import { surveyZone } from './survey';
import { zoneId } from './zone-id';

/** The zone at Cloudflare, as CLOUDFLARE_API_TOKEN may read it. */
export function cloudflareSource(options: CloudflareOptions = {}): AdoptSource {
  return adoptSource<CloudflareConnection>({
    name: 'Cloudflare',
    needs: 'CLOUDFLARE_API_TOKEN',
    resolvers: [zoneId, recordId, rulesetId],
    connect: async ({ environment, signal }, ask) => {
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

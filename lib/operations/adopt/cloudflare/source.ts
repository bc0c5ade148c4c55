import { CloudflareApi, type CloudflareOptions } from '../../cloudflare/api';
import { RequestError } from '../../http/request-error';
import { type AdoptSource, adoptSource, SourceMissing } from '../source';
import { comparedRanges } from './compared-ranges';
import type { CloudflareConnection } from './connection';
import { recordIdResolver } from './record-id';
import { rulesetIdResolver } from './ruleset-id';
import { surveyZone } from './survey';
import { zoneIdResolver } from './zone-id';

/** The source for values of the zone at Cloudflare, read with CLOUDFLARE_API_TOKEN. */
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
      const api = new CloudflareApi(token, { signal, ...options });
      return ask({ api, proxies: await readProxies(api) });
    },
    survey: surveyZone,
    records: comparedRanges,
  });
}

async function readProxies(api: CloudflareApi): Promise<CloudflareConnection['proxies']> {
  try {
    return await api.proxyRanges();
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
}

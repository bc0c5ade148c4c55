import type { Deployment } from '../../../deployment/config/schema/schema';
import { isUnresolved } from '../../../deployment/config/schema/unresolved';
import type { CloudflareApi } from '../../cloudflare/api';
import type { CloudflareProxyRanges } from '../../cloudflare/resources';
import type { RequestError } from '../../http/request-error';
import { ambiguous, type NotFound, notFound } from '../resolver';

/** Cloudflare's API. */
export interface CloudflareConnection {
  readonly api: CloudflareApi;
  /** The addresses of Cloudflare's proxies, or the error if they can't be read. */
  readonly proxies: CloudflareProxyRanges | RequestError;
}

/** The id of the deployment's zone: from the configuration, or from Cloudflare by the name of the zone. */
export async function findZone(
  { api }: CloudflareConnection,
  { edge }: Deployment,
): Promise<string | NotFound> {
  const stated = edge?.cloudflare?.zoneId;
  if (edge === undefined || stated === undefined)
    return notFound('missing', 'the configuration has no edge.cloudflare');
  if (!isUnresolved(stated)) return stated;
  const zones = await api.zones(edge.zone);
  const [zone, ...others] = zones;
  if (zone === undefined)
    return notFound(
      'missing',
      `the token in CLOUDFLARE_API_TOKEN sees no zone ${edge.zone}; give the token the permission Zone, Zone, Read for this zone, or correct edge.zone`,
    );
  if (others.length === 0) return zone.id;
  return ambiguous(
    zones.map(({ id, account }) => `${id} (of the account ${account?.name ?? 'without a name'})`),
  );
}

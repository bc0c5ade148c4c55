import type { TerraformResource } from '../documents/terraform';

const type = 'cloudflare_dns_record';

/**
 * Resources whose DNS records have full names, in lower case: Cloudflare treats `@`, `api`, `API.example.com` and
 * `api.example.com.` as `example.com` and `api.example.com`.
 *
 * @param all the resources of both outputs, because the domain of a zone is derived from the record names in it
 * @see https://developers.cloudflare.com/dns/manage-dns-records/how-to/create-dns-records/
 */
export function withFullRecordNames(
  resources: readonly TerraformResource[],
  all: readonly TerraformResource[],
): TerraformResource[] {
  const zones = zoneNames(all);
  return resources.map((resource) => {
    const { name } = resource.body;
    if (resource.type !== type || typeof name !== 'string' || name.includes('${')) return resource;
    const zone = zones.get(zoneOf(resource));
    return { ...resource, body: { ...resource.body, name: fullName(spelled(name), zone) } };
  });
}

function fullName(name: string, zone: string | undefined): string {
  if (zone === undefined || name === zone || name.endsWith(`.${zone}`)) return name;
  return name === '@' ? zone : `${name}.${zone}`;
}

function spelled(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** The domain of each zone. The key is the value of `zone_id`. */
function zoneNames(resources: readonly TerraformResource[]): ReadonlyMap<string, string | undefined> {
  const names = new Map<string, Set<string>>();
  for (const resource of resources) {
    const { name } = resource.body;
    if (resource.type !== type || typeof name !== 'string') continue;
    const zone = zoneOf(resource);
    names.set(zone, (names.get(zone) ?? new Set()).add(spelled(name)));
  }
  return new Map([...names].map(([zone, distinct]) => [zone, zoneName(distinct)]));
}

function zoneOf({ body }: TerraformResource): string {
  return JSON.stringify(body['zone_id'] ?? '');
}

/** The domain that most of the names have in common, if at least two have it. Undefined otherwise. */
function zoneName(distinct: ReadonlySet<string>): string | undefined {
  const counts = new Map<string, number>();
  for (const name of distinct) {
    for (const domain of domainsOf(name)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  const counted = [...counts].map(([domain, count]) => ({ domain, count }));
  const [best] = counted.sort((a, b) => b.count - a.count || b.domain.length - a.domain.length);
  return best !== undefined && best.count > 1 ? best.domain : undefined;
}

/**
 * The name itself and its parent domains: `api.example.com` and `example.com` for `api.example.com`. Empty for a name
 * with one label.
 */
function domainsOf(name: string): string[] {
  const labels = name.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

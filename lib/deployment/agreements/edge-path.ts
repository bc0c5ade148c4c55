import type { TerraformResource } from '../../documents/terraform';
import { certificateCovers } from '../../terraform/cloudflare/certificate';
import { type Sides, strings, terraformResources } from './sides';

/** The DNS records, grouped by name: a host has one record for each node. */
export function recordsByName(sides: Sides): ReadonlyMap<string, readonly TerraformResource[]> {
  const records = new Map<string, TerraformResource[]>();
  for (const record of terraformResources(sides, 'cloudflare_dns_record')) {
    const name = String(record.body['name']);
    const found = records.get(name);
    if (found === undefined) records.set(name, [record]);
    else found.push(record);
  }
  return records;
}

/** The names in the origin certificates that cover a host, such as `*.example.org`. */
export function coveringNames(sides: Sides, host: string): string[] {
  return certificateNames(sides).filter((name) => certificateCovers(name, host));
}

/** The names in all origin certificates. */
export function certificateNames(sides: Sides): string[] {
  return terraformResources(sides, 'cloudflare_origin_ca_certificate').flatMap(({ body }) =>
    strings(body, 'hostnames'),
  );
}

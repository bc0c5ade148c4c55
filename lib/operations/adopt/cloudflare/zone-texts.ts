import type { LastWriter } from '../source';

/** When something was changed last; Cloudflare does not say by whom. */
export function changeOf(time: string | null | undefined): LastWriter | undefined {
  return time == null ? undefined : { name: 'changed', time };
}

/** The command that removes something of a zone. */
export function deletionOf(zone: string, path: string): string {
  return `curl -X DELETE -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" https://api.cloudflare.com/client/v4/zones/${zone}/${path}`;
}

import type { LastWriter } from '../source';

/** The time of the last change. Cloudflare's API does not have its author. */
export function changeOf(time: string | null | undefined): LastWriter | undefined {
  return time == null ? undefined : { name: 'changed', time };
}

/** The command that deletes a resource of a zone. */
export function deletionOf(zone: string, path: string): string {
  return `curl -X DELETE -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" https://api.cloudflare.com/client/v4/zones/${zone}/${path}`;
}

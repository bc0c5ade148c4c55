import { type AdoptResolver, found, stateValue } from '../resolver';
import { type CloudflareConnection, findZone } from './connection';

/** The id of the zone. */
export const zoneIdResolver: AdoptResolver<CloudflareConnection> = {
  path: 'edge.cloudflare.zoneId',
  foundIn: 'the id of the zone that has the name `edge.zone`',
  command: ({ deployment: { edge } }) =>
    `curl -sH "Authorization: Bearer $CLOUDFLARE_API_TOKEN" "https://api.cloudflare.com/client/v4/zones?name=${edge?.zone}" | jq -r '.result[].id'`,
  async find({ path, deployment }, connection) {
    const zone = await findZone(connection, deployment);
    return typeof zone === 'string' ? found(stateValue(path, zone)) : zone;
  },
};

import type { CloudflareRecord } from '../../cloudflare/resources';
import { type AdoptResolver, ambiguous, found, notFound, stateValue } from '../resolver';
import { type CloudflareConnection, findZone } from './connection';

/** Finds the id of the DNS record of each host and node. */
export const recordIdResolver: AdoptResolver<CloudflareConnection> = {
  path: 'adopt.records.*.*',
  foundIn: "the id of the host's A record with the node's address",
  command: () =>
    `curl -sH "Authorization: Bearer $CLOUDFLARE_API_TOKEN" "https://api.cloudflare.com/client/v4/zones/$ZONE_ID/dns_records?type=A&per_page=100" | jq -r '.result[] | [.name, .content, .id] | @tsv'`,
  async find({ path, deployment }, connection) {
    const [host, node] = path.slice(-2).map(String) as [string, string];
    const zone = await findZone(connection, deployment);
    if (typeof zone !== 'string') return zone;
    const address = deployment.nodes[node]?.address;
    const ofHost = (await connection.api.records(zone)).filter(({ name }) => name === host);
    const matching = ofHost.filter(({ type, content }) => type === 'A' && content === address);
    const [record, ...others] = matching;
    if (record === undefined) return notFound('missing', missingText(host, node, address, ofHost));
    return others.length === 0
      ? found(stateValue(path, record.id))
      : ambiguous(matching.map(({ id }) => `${id} (A record ${host} with ${address})`));
  },
};

function missingText(
  host: string,
  node: string,
  address: string | undefined,
  ofHost: readonly CloudflareRecord[],
): string {
  const known = ofHost.map(({ type, content }) => `${type} ${content ?? ''}`.trim());
  const has = known.length === 0 ? 'has no record' : `has ${known.slice(0, 5).join(', ')}`;
  return `${host} ${has}, and no A record with ${node}'s address ${address ?? 'that is not described'}; remove the entry, and Terraform creates the record`;
}

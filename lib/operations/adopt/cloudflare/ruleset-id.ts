import { rulesetPhases } from '../../../deployment/model/ruleset-phases';
import { type AdoptResolver, ambiguous, found, notFound, stateValue } from '../resolver';
import { type CloudflareConnection, findZone } from './connection';

/** Finds the id of the zone's entry point ruleset of a phase. */
export const rulesetIdResolver: AdoptResolver<CloudflareConnection> = {
  path: 'adopt.rulesets.*',
  foundIn: "the id of the zone's own ruleset of the phase",
  command: () =>
    `curl -sH "Authorization: Bearer $CLOUDFLARE_API_TOKEN" "https://api.cloudflare.com/client/v4/zones/$ZONE_ID/rulesets" | jq -r '.result[] | select(.kind == "zone") | [.phase, .id] | @tsv'`,
  async find({ path, deployment }, connection) {
    const phase = rulesetPhases[path.at(-1) as keyof typeof rulesetPhases];
    const zone = await findZone(connection, deployment);
    if (typeof zone !== 'string') return zone;
    const own = (await connection.api.rulesets(zone)).filter(
      (ruleset) => ruleset.kind === 'zone' && ruleset.phase === phase,
    );
    const [ruleset, ...others] = own;
    if (ruleset === undefined)
      return notFound(
        'missing',
        `the zone has no ruleset of the phase ${phase}; remove the entry, and Terraform creates it`,
      );
    return others.length === 0
      ? found(stateValue(path, ruleset.id))
      : ambiguous(own.map(({ id, name }) => `${id} (ruleset ${name})`));
  },
};

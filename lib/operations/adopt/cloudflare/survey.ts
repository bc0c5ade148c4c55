import { RequestError } from '../../http/request-error';
import type { AdoptRun, Survey } from '../source';
import { readSurvey } from '../survey';
import { surveyRanges } from './compared-ranges';
import { type CloudflareConnection, findZone } from './connection';
import { surveyRecords } from './survey-records';
import { surveyRulesets } from './survey-rulesets';
import { surveySettings } from './survey-settings';

/** Lists what the zone has and the configuration doesn't, and settings with another value. */
export async function surveyZone(connection: CloudflareConnection, run: AdoptRun): Promise<Survey> {
  const { deployment, stack } = run;
  if (stack === undefined || deployment.edge?.cloudflare === undefined) return readSurvey([]);
  const zone = await zoneOf(connection, run);
  if (zone === undefined) return readSurvey([]);
  const { api } = connection;
  return readSurvey([
    async () => surveyRanges(connection, run),
    () => surveyRecords(api, zone, deployment, stack),
    () => surveyRulesets(api, zone, deployment, stack),
    ...surveySettings(api, zone, stack),
  ]);
}

/** Without an id there is no survey: the resolver of the zone's id reports the reason. */
async function zoneOf(
  connection: CloudflareConnection,
  { deployment }: AdoptRun,
): Promise<string | undefined> {
  try {
    const zone = await findZone(connection, deployment);
    return typeof zone === 'string' ? zone : undefined;
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

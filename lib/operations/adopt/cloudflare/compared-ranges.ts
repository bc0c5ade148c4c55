import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rangesWarnings } from '../../../deployment/config/findings/ranges-age';
import { type CloudflareRanges, cloudflareRangesSchema } from '../../../deployment/config/schema/schema';
import { today } from '../../../deployment/config/today';
import { canonicalNetwork } from '../../../documents/cidr';
import { setYamlValue } from '../../../input/yaml-edit';
import { RequestError } from '../../http/request-error';
import type { AdoptRun, RecordedFile } from '../source';
import type { SurveyPart } from '../survey';
import type { CloudflareConnection } from './connection';

/** The file with Cloudflare's ranges, next to a configuration. */
interface RangesFile {
  readonly path: string;
  readonly text: string;
  readonly list: CloudflareRanges;
}

/** The file with today's date, if its last comparison is missing or old, and Cloudflare publishes the same ranges. */
export function comparedRanges(connection: CloudflareConnection, { files }: AdoptRun): RecordedFile[] {
  const file = readRanges(files[0] ?? '');
  const { proxies } = connection;
  if (file === undefined || proxies instanceof RequestError) return [];
  const isRecent = file.list.checked !== null && rangesWarnings(file.list, today()).length === 0;
  if (isRecent || differencesOf(file, connection).length > 0) return [];
  return [{ path: file.path, text: setYamlValue(file.text, ['checked'], today()) }];
}

/** Ranges that are only in the file, or only in Cloudflare's list. */
export function surveyRanges(connection: CloudflareConnection, { files }: AdoptRun): SurveyPart {
  const { proxies } = connection;
  if (proxies instanceof RequestError) throw proxies;
  const file = readRanges(files[0] ?? '');
  return file === undefined ? {} : { undescribed: differencesOf(file, connection) };
}

function differencesOf({ list }: RangesFile, { proxies }: CloudflareConnection) {
  if (proxies instanceof RequestError) return [];
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const own = list[family].map(normal);
    const live = (proxies[`${family}_cidrs`] ?? []).map(normal);
    return [
      ...live
        .filter((range) => !own.includes(range))
        .map((range) => ({
          name: `range ${range} of Cloudflare: the firewalls refuse its requests`,
          entry: `"${range}" under "${family}" of cloudflare-ip-ranges.json`,
        })),
      ...own
        .filter((range) => !live.includes(range))
        .map((range) => ({
          name: `range ${range} of cloudflare-ip-ranges.json is not Cloudflare's, but the firewalls allow it: remove it from "${family}"`,
        })),
    ];
  });
}

function normal(range: string): string {
  return canonicalNetwork(range) ?? range;
}

/** Undefined if the file is missing or invalid. The synth reports an invalid file. */
function readRanges(config: string): RangesFile | undefined {
  const path = join(dirname(config), 'cloudflare-ip-ranges.json');
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  try {
    const { data } = cloudflareRangesSchema.safeParse(JSON.parse(text));
    return data === undefined ? undefined : { path, text, list: data };
  } catch {
    return undefined;
  }
}

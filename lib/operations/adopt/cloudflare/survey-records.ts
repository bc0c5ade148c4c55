import { describeValues } from '../../../analysis/impact/changes';
import type { Deployment } from '../../../deployment/config/schema/schema';
import type { TerraformConfiguration } from '../../../documents/terraform';
import type { CloudflareApi } from '../../cloudflare/api';
import type { CloudflareRecord } from '../../cloudflare/resources';
import type { LiveDifference, UndescribedThing } from '../source';
import { plainText, type SurveyPart } from '../survey';
import { changeOf, deletionOf } from './zone-texts';

/** A DNS record of the Terraform stack. */
interface StackRecord {
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly proxied: boolean;
  readonly ttl: number;
}

/** The record types that resolve a name to an address or another name. */
const answering = ['A', 'AAAA', 'CNAME', 'HTTPS'];

/** Records that are not in the configuration. Records of configured hosts come first. */
export async function surveyRecords(
  api: CloudflareApi,
  zone: string,
  deployment: Deployment,
  { resource }: TerraformConfiguration,
): Promise<SurveyPart> {
  const stated = Object.values(resource['cloudflare_dns_record'] ?? {}) as unknown as StackRecord[];
  const live = await api.records(zone);
  const find = (record: CloudflareRecord) => stated.find((each) => isSameRecord(each, record));
  const others = live.filter((record) => find(record) === undefined);
  const hosts = new Set(stated.map(({ name }) => name));
  const isRival = ({ name, type }: CloudflareRecord) => hosts.has(name) && answering.includes(type);
  return {
    undescribed: [...others.filter(isRival), ...others.filter((record) => !isRival(record))].map((record) =>
      undescribedRecord(zone, record, isRival(record), deployment),
    ),
    differences: live.flatMap((record) => {
      const description = find(record);
      return description === undefined ? [] : settingsOf(record, description);
    }),
  };
}

function isSameRecord(stated: StackRecord, { name, type, content }: CloudflareRecord): boolean {
  return stated.name === name && stated.type === type && stated.content === content;
}

function undescribedRecord(
  zone: string,
  record: CloudflareRecord,
  isRival: boolean,
  { nodes }: Deployment,
): UndescribedThing {
  const { id, name, type, content = '', modified_on: modified } = record;
  const servesHost = !isRival && Object.values(nodes).some(({ address }) => address === content);
  return {
    name: `record ${type} ${plainText(name)} ${plainText(content)}${isRival ? ', which gets a part of the requests of this host' : ''}`,
    writtenBy: changeOf(modified),
    entry: servesHost ? `workloads.<the one that serves it>.hosts: [${name}]` : undefined,
    command: deletionOf(zone, `dns_records/${id}`),
  };
}

function settingsOf(record: CloudflareRecord, stated: StackRecord): LiveDifference[] {
  const { name, type, content, proxied = false, ttl = 1, modified_on: modified } = record;
  const settings = [
    ['proxied', proxied, stated.proxied],
    ['ttl', ttl, stated.ttl],
  ] as const;
  return settings
    .filter(([, live, wanted]) => live !== wanted)
    .map(([field, live, wanted]) => ({
      ...{ name: `record ${type} ${name} ${content}`, field, values: describeValues(live, wanted) },
      writtenBy: changeOf(modified),
    }));
}

import { append } from '../../../documents/append';
import type { TerraformResource } from '../../../documents/terraform';
import { describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { ResourceChanges } from './resources';

const type = 'cloudflare_dns_record';

/** Host names that start or stop resolving, and host names that expose the nodes' addresses. */
export function records(
  { base, head, removed, added, changed }: ResourceChanges,
  imported: ReadonlySet<string>,
): Consequence[] {
  const [before, after] = [hostsOf(base), hostsOf(head)];
  return [
    ...[...after].flatMap(([host, all]): Consequence[] => {
      // An imported record resolves before the apply, too.
      if (before.has(host) || all.every(({ address }) => imported.has(address))) return [];
      const how = all.every(isProxied) ? 'through Cloudflare' : 'without the Cloudflare proxy';
      return [consequence('exposed', host, `The host now resolves to ${targets(all)}, ${how}`)];
    }),
    ...[...before.keys()].flatMap((host) =>
      after.has(host) ? [] : [consequence('cut off', host, 'The host no longer resolves')],
    ),
    ...changed.flatMap(({ before: old, after: now }) => {
      if (now.type !== type || !isProxied(old) || isProxied(now)) return [];
      return [consequence('exposed', now.address, shows(now), 'proxied')];
    }),
    ...added.flatMap((record) =>
      record.type === type &&
      before.has(hostOf(record)) &&
      !isProxied(record) &&
      resolving.includes(String(record.body['type'])) &&
      !imported.has(record.address)
        ? [consequence('exposed', record.address, shows(record), 'proxied')]
        : [],
    ),
    ...changed.flatMap(({ before: old, after: now, changes }) => {
      const moved = changes.find(({ path }) => path === 'content' || path === 'name' || path === 'type');
      if (now.type !== type || moved === undefined) return [];
      const what = `${hostOf(old)}: ${describeChange(moved)}. After the apply, clients connect to the new target`;
      return [consequence('cut off', now.address, what, moved.path)];
    }),
    ...renamed(removed, added),
  ];
}

/**
 * A record with a new resource address: Terraform destroys the old record and creates the new one, in an undefined
 * order.
 */
function renamed(removed: readonly TerraformResource[], added: readonly TerraformResource[]): Consequence[] {
  const key = ({ body }: TerraformResource) =>
    [body['type'], body['name'], body['content']].map(String).join(' ');
  const made = new Map(added.filter((each) => each.type === type).map((each) => [key(each), each]));
  return removed
    .filter((each) => each.type === type)
    .flatMap((record) => {
      const other = made.get(key(record));
      if (other === undefined) return [];
      return [
        {
          ...{ class: 'replaced' as const, side: 'terraform' as const, object: record.address, field: '' },
          reason: `Terraform destroys the record ${key(record)} and creates it again as ${other.address}. If it creates the new one first, Cloudflare refuses it as a duplicate.`,
          wayOut: `Before the apply: terraform state mv ${record.address} ${other.address}`,
        },
      ];
    });
}

/** Record types that point a host name to a target. */
const resolving = ['A', 'AAAA', 'CNAME'];

function shows(record: TerraformResource): string {
  return `${hostOf(record)} shows the address ${String(record.body['content'])} in public DNS, so clients can bypass Cloudflare`;
}

function consequence(kind: 'exposed' | 'cut off', object: string, what: string, field = ''): Consequence {
  return { class: kind, side: 'terraform', object, field, reason: `${what}.`, wayOut: '' };
}

function hostsOf(resources: readonly TerraformResource[]): Map<string, TerraformResource[]> {
  const hosts = new Map<string, TerraformResource[]>();
  for (const resource of resources) {
    if (resource.type !== type || !resolving.includes(String(resource.body['type']))) continue;
    append(hosts, hostOf(resource), resource);
  }
  return hosts;
}

/** The host name of a record. */
export function hostOf({ body }: TerraformResource): string {
  return String(body['name']);
}

function isProxied({ body }: TerraformResource): boolean {
  return body['proxied'] === true;
}

function targets(all: readonly TerraformResource[]): string {
  return all.length === 1 ? String(all[0]?.body['content']) : `${all.length} addresses`;
}

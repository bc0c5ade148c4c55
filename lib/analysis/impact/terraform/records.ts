import { append } from '../../../documents/append';
import type { TerraformResource } from '../../../documents/terraform';
import { describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { ResourceChanges } from './resources';

const type = 'cloudflare_dns_record';

/** Names that resolve, or no longer do, and names that show the nodes' addresses. */
export function records(
  { base, head, removed, added, changed }: ResourceChanges,
  imported: ReadonlySet<string>,
): Consequence[] {
  const [before, after] = [hostsOf(base), hostsOf(head)];
  return [
    ...[...after].flatMap(([host, all]): Consequence[] => {
      // What is taken over resolves already.
      if (before.has(host) || all.every(({ address }) => imported.has(address))) return [];
      const how = all.every(isProxied) ? 'through Cloudflare' : "straight to the nodes' addresses";
      return [consequence('exposed', host, `It resolves, to ${targets(all)}, ${how}`)];
    }),
    ...[...before.keys()].flatMap((host) =>
      after.has(host) ? [] : [consequence('cut off', host, 'It no longer resolves')],
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
      const what = `${hostOf(old)}: ${describeChange(moved)}. Who asks for the name goes elsewhere from then on`;
      return [consequence('cut off', now.address, what, moved.path)];
    }),
    ...renamed(removed, added),
  ];
}

/** The same record under another address: Terraform destroys the one and makes the other, in any order. */
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
          reason: `The record ${key(record)} is destroyed and made again as ${other.address}. Cloudflare refuses an identical second record, if that is made first.`,
          wayOut: `terraform state mv ${record.address} ${other.address}, before the apply`,
        },
      ];
    });
}

/** The records by which a name leads somewhere; others are about it. */
const resolving = ['A', 'AAAA', 'CNAME'];

function shows(record: TerraformResource): string {
  return `${hostOf(record)} shows the address ${String(record.body['content'])} to everybody, who then passes Cloudflare by`;
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

/** The name that a record is for. */
export function hostOf({ body }: TerraformResource): string {
  return String(body['name']);
}

function isProxied({ body }: TerraformResource): boolean {
  return body['proxied'] === true;
}

function targets(all: readonly TerraformResource[]): string {
  return all.length === 1 ? String(all[0]?.body['content']) : `${all.length} addresses`;
}

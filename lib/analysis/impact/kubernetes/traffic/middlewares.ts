import type { JsonMap } from '../../../../documents/kubernetes';
import { kindOf } from '../../../../kubernetes/objects/object-key';
import { describeChange } from '../../changes';
import type { Consequence } from '../../consequence';
import { openings } from '../../terraform/firewall';
import type { ChangedObject, ObjectChanges, Objects } from '../objects';
import { usersOf } from '../uses';

/** Fields of middlewares that limit requests: a larger value allows more requests. */
const limits = /^spec\.(rateLimit\.(average|burst)|inFlightReq\.amount)$/;

/** Requests that Traefik's middlewares newly allow or deny. */
export function middlewares({ changed, head }: ObjectChanges): Consequence[] {
  return changed.flatMap((object) => {
    if (kindOf(object.after) !== 'Middleware') return [];
    const found = [...limited(object, head), ...admitted(object, head)];
    return found.length > 0 ? found : changedGuards(object, head);
  });
}

/** Fields that do not restrict requests, but change the response. */
const harmless = /^spec\.(compress|addPrefix|stripPrefix|contentType|retry)\b/;

/**
 * Changes of all other fields: they may restrict requests, as authentication, the source of a rate limit and security
 * headers do.
 */
function changedGuards(object: ChangedObject, head: Objects): Consequence[] {
  const found = object.changes.filter(({ path }) => /^spec\b/.test(path) && !harmless.test(path));
  const [first] = found;
  if (first === undefined) return [];
  const described = found.slice(0, 3).map(describeChange).join('; ');
  const more = found.length > 3 ? ` and ${found.length - 3} more` : '';
  const what = `${described}${more}. Requests that were denied may be allowed${whose(object, head)}`;
  return [consequence('exposed', object, first.path, what)];
}

function limited(object: ChangedObject, head: Objects): Consequence[] {
  return object.changes.flatMap((change) => {
    if (!limits.test(change.path)) return [];
    const [old, now] = [change.before, change.after].map((value) => Number(value ?? 0));
    const kind = (now ?? 0) > (old ?? 0) ? 'exposed' : 'cut off';
    const what = `${describeChange(change)}: ${kind === 'exposed' ? 'more' : 'fewer'} requests are allowed`;
    return [consequence(kind, object, change.path, `${what}${whose(object, head)}`)];
  });
}

/** Source ranges that an allow list adds or removes. */
function admitted(object: ChangedObject, head: Objects): Consequence[] {
  const [old, now] = [object.before, object.after].map(({ spec }) => {
    const { ipAllowList, ipWhiteList } = (spec ?? {}) as Record<string, JsonMap | undefined>;
    const ranges = (ipAllowList ?? ipWhiteList)?.['sourceRange'];
    return ranges === undefined ? undefined : { protocol: 'tcp', port: '443', source_ips: ranges };
  });
  if (old === undefined || now === undefined) return [];
  const report = (kind: 'exposed' | 'cut off', source: string) =>
    consequence(
      kind,
      object,
      'spec.ipAllowList.sourceRange',
      `Requests from ${source} are ${kind === 'exposed' ? 'now' : 'no longer'} allowed${whose(object, head)}`,
    );
  return [
    ...openings([now], [old]).map(({ source }) => report('exposed', source)),
    ...openings([old], [now]).map(({ source }) => report('cut off', source)),
  ];
}

function whose({ after }: ChangedObject, head: Objects): string {
  const users = usersOf(after, head);
  return users.length === 0 ? ', but no route uses the middleware' : `, to ${users.join(', ')}`;
}

function consequence(
  kind: 'exposed' | 'cut off',
  { name }: ChangedObject,
  field: string,
  what: string,
): Consequence {
  return { class: kind, side: 'kubernetes', object: name, field, reason: `${what}.`, wayOut: '' };
}

import { describeObject, type Json } from '../documents/kubernetes';
import { describeChange } from './changes';
import type { Consequence } from './consequence';
import { openings } from './firewall';
import type { ChangedObject, ObjectChanges, Objects } from './objects';
import { passing } from './uses';

type Fields = { readonly [field: string]: Json | undefined };

/** Fields of a middleware that let the more through the larger they are. */
const limits = /^spec\.(rateLimit\.(average|burst)|inFlightReq\.amount)$/;

/** What Traefik's middlewares let through and did not, or the other way round. */
export function middlewares({ changed, head }: ObjectChanges): Consequence[] {
  return changed.flatMap((object) =>
    object.after.kind === 'Middleware' ? [...limited(object, head), ...admitted(object, head)] : [],
  );
}

function limited(object: ChangedObject, head: Objects): Consequence[] {
  return object.changes.flatMap((change) => {
    if (!limits.test(change.path)) return [];
    const [old, now] = [change.before, change.after].map((value) => Number(value ?? 0));
    const kind = (now ?? 0) > (old ?? 0) ? 'exposed' : 'cut off';
    const what = `${describeChange(change)}: ${kind === 'exposed' ? 'more' : 'fewer'} requests get through`;
    return [consequence(kind, object, change.path, `${what}${whose(object, head)}`)];
  });
}

/** Addresses that are let in. */
function admitted(object: ChangedObject, head: Objects): Consequence[] {
  const [old, now] = [object.before, object.after].map(({ spec }) => {
    const { ipAllowList, ipWhiteList } = (spec ?? {}) as Record<string, Fields | undefined>;
    const ranges = (ipAllowList ?? ipWhiteList)?.['sourceRange'];
    return ranges === undefined ? undefined : { protocol: 'tcp', port: '443', source_ips: ranges };
  });
  if (old === undefined || now === undefined) return [];
  const told = (kind: 'exposed' | 'cut off', what: string) =>
    consequence(
      kind,
      object,
      'spec.ipAllowList.sourceRange',
      `Requests ${what.replace('443 TCP ', '')} ${kind === 'exposed' ? 'get' : 'no longer get'} through${whose(object, head)}`,
    );
  return [
    ...openings([now], [old]).map((what) => told('exposed', what)),
    ...openings([old], [now]).map((what) => told('cut off', what)),
  ];
}

function whose({ after }: ChangedObject, head: Objects): string {
  const users = passing(after.metadata.name, after.metadata.namespace ?? 'default', head).map(describeObject);
  return users.length === 0 ? ', though nothing passes it' : `, to ${users.join(', ')}`;
}

function consequence(
  kind: 'exposed' | 'cut off',
  { name }: ChangedObject,
  field: string,
  what: string,
): Consequence {
  return { class: kind, side: 'kubernetes', object: name, field, reason: `${what}.`, wayOut: '' };
}

import custom from '../../../imports/crds/schema.json';
import served from '../../../imports/kubernetes/served.json';
import { parseRanged, type VersionRange } from '../release/version-range';

/** `apps` of `apps/v1`; empty for Kubernetes' first group, whose apiVersion is `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The kinds that any known release of the API server serves by itself, and which releases do. */
const servedKinds: ReadonlyMap<string, VersionRange> = new Map(
  served.kinds.map((each) => {
    const { name, range } = parseRanged(each);
    return [name, range];
  }),
);

/** The releases whose API server serves a kind by itself; undefined where none is known to. */
export function servedRange(apiVersion: string, kind: string): VersionRange | undefined {
  return servedKinds.get(`${apiVersion}/${kind}`);
}

/** Whether any known release of the API server serves a kind by itself. */
export function servesKind(apiVersion: string, kind: string): boolean {
  return servedRange(apiVersion, kind) !== undefined;
}

/** The group of each kind that the API server serves by itself, or that has a schema here. */
const homeGroups: ReadonlyMap<string, string> = new Map(
  [...servedKinds.keys(), ...Object.keys(custom.kinds)].map((each): [string, string] => {
    const kind = each.slice(each.lastIndexOf('/') + 1);
    return [kind, groupOf(each.slice(0, -kind.length - 1))];
  }),
);

const homes: ReadonlySet<string> = new Set(homeGroups.values());

/** The group in which a kind's name needs no group beside it; undefined for a kind that nothing here knows. */
export function homeGroupOf(kind: string): string | undefined {
  return homeGroups.get(kind);
}

/** Whether a group is the API server's own, or one of custom kinds that have a schema here. */
export function isKnownGroup(group: string): boolean {
  return homes.has(group);
}

const builtIn: ReadonlySet<string> = new Set(
  [...servedKinds.keys()].map((each) => groupOf(each.slice(0, each.lastIndexOf('/')))),
);

/** Whether the API server serves a group by itself: kubectl takes its kinds before those of custom groups. */
export function isBuiltInGroup(group: string): boolean {
  return builtIn.has(group);
}

/** Every known group. */
export const knownGroups: readonly string[] = [...homes];

/**
 * The group by which an object is kept. A kind that another known group serves is taken for that one: the kinds of
 * `extensions` moved and stayed the same objects, and an apiVersion that is wrong is reported apart.
 */
export function storedGroupOf(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  return isKnownGroup(group) || group === 'extensions' ? (homeGroupOf(kind) ?? group) : group;
}

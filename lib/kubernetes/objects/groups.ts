import custom from '../../../imports/crds/schema.json';
import served from '../../../imports/kubernetes/served.json';
import { parseRanged, type VersionRange } from '../release/version-range';

/** The API group: `apps` for `apps/v1`, empty for `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The built-in kinds of all known releases, with the releases that serve them. */
const servedKinds: ReadonlyMap<string, VersionRange> = new Map(
  served.kinds.map((each) => {
    const { name, range } = parseRanged(each);
    return [name, range];
  }),
);

/** The releases that serve a built-in kind. Undefined if no known release does. */
export function servedRange(apiVersion: string, kind: string): VersionRange | undefined {
  return servedKinds.get(`${apiVersion}/${kind}`);
}

/** Whether a known release serves the kind as a built-in one. */
export function servesKind(apiVersion: string, kind: string): boolean {
  return servedRange(apiVersion, kind) !== undefined;
}

/** The API group of every built-in kind and every kind with a schema. */
const homeGroups: ReadonlyMap<string, string> = new Map(
  [...servedKinds.keys(), ...Object.keys(custom.kinds)].map((each): [string, string] => {
    const kind = each.slice(each.lastIndexOf('/') + 1);
    return [kind, groupOf(each.slice(0, -kind.length - 1))];
  }),
);

const homes: ReadonlySet<string> = new Set(homeGroups.values());

/** The group that a kind means if none is given. Undefined for an unknown kind. */
export function homeGroupOf(kind: string): string | undefined {
  return homeGroups.get(kind);
}

/** Whether a group is built in, or has a kind with a schema. */
export function isKnownGroup(group: string): boolean {
  return homes.has(group);
}

const builtIn: ReadonlySet<string> = new Set(
  [...servedKinds.keys()].map((each) => groupOf(each.slice(0, each.lastIndexOf('/')))),
);

/** Whether a group is built in. kubectl prefers its kinds over those of custom groups. */
export function isBuiltInGroup(group: string): boolean {
  return builtIn.has(group);
}

/** All known groups. */
export const knownGroups: readonly string[] = [...homes];

/**
 * The group under which the API server stores an object. A kind that another known group serves counts as a kind of
 * that group: kinds of `extensions` moved to other groups and are still the same objects. A wrong apiVersion is
 * reported separately.
 */
export function storedGroupOf(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  return isKnownGroup(group) || group === 'extensions' ? (homeGroupOf(kind) ?? group) : group;
}

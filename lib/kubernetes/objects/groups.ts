import custom from '../../../imports/crds/schema.json';
import served from '../../../imports/kubernetes/served.json';
import { parseRanged, type VersionRange } from '../release/version-range';

/** The API group: `apps` for `apps/v1`, empty for `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The built-in kinds of all known releases, each with the releases that serve the kind. */
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

/** Whether any known release serves the kind as a built-in kind. */
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

/** The API group of a kind if a reference names only the kind. Undefined for an unknown kind. */
export function homeGroupOf(kind: string): string | undefined {
  return homeGroups.get(kind);
}

/** Whether an API group is built in, or has a kind with a schema. */
export function isKnownGroup(group: string): boolean {
  return homes.has(group);
}

const builtIn: ReadonlySet<string> = new Set(
  [...servedKinds.keys()].map((each) => groupOf(each.slice(0, each.lastIndexOf('/')))),
);

/**
 * Whether an API group is built in. For a kind that exists in several groups, kubectl prefers the built-in
 * group.
 */
export function isBuiltInGroup(group: string): boolean {
  return builtIn.has(group);
}

/** All known groups. */
export const knownGroups: readonly string[] = [...homes];

/**
 * The group under which the API server stores an object. Kinds of `extensions` moved to other groups, and
 * their objects remained the same: for a known kind, the result is the current group. A wrong apiVersion is
 * reported separately.
 */
export function storedGroupOf(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  return isKnownGroup(group) || group === 'extensions' ? (homeGroupOf(kind) ?? group) : group;
}

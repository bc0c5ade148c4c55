import { servedRange } from '../objects/groups';
import type { ClusterRelease } from '../release/cluster-release';
import { isInRange, type VersionRange } from '../release/version-range';

/** The component that defines a type, and the version of that component in the cluster. */
interface TypeOrigin {
  readonly name: string;
  readonly version: string | undefined;
}

/** The message for a field that the cluster's release does not have, but another release does. */
export function absentField(
  { name, range }: { readonly name: string; readonly range: VersionRange },
  type: string,
  origin: TypeOrigin,
): string {
  const wayOut =
    range.since === undefined ? 'Remove the field.' : 'Remove the field, or upgrade the cluster first.';
  return `${name} is a field of ${type} ${whenOf(range, origin)}. ${wayOut}`;
}

/** Since or until when a field exists: `since Kubernetes 1.36; the cluster runs 1.34` */
export function whenOf({ since, until }: VersionRange, { name, version }: TypeOrigin): string {
  const when = [since && `since ${name} ${since}`, until && `up to ${name} ${until}`]
    .filter(Boolean)
    .join(' and ');
  return `${when}; the cluster runs ${version}`;
}

/** The message for a kind that the cluster's release does not serve, but another release does. */
export function unservedKind(
  apiVersion: string,
  kind: string,
  { kubernetes }: ClusterRelease,
): string | undefined {
  const range = servedRange(apiVersion, kind);
  if (range === undefined || isInRange(kubernetes, range)) return undefined;
  const when = whenOf(range, { name: 'Kubernetes', version: kubernetes });
  return `${apiVersion} has the kind ${kind} ${when}. The API server refuses the object.`;
}

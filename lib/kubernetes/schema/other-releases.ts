import { servedRange } from '../objects/groups';
import type { ClusterRelease } from '../release/cluster-release';
import { isInRange, type VersionRange } from '../release/version-range';

/** What brings a type, and the version that the cluster has of it. */
interface TypeOrigin {
  readonly name: string;
  readonly version: string | undefined;
}

/** What is wrong with a field that the cluster's release doesn't have, and others do. */
export function absentField(
  { name, range }: { readonly name: string; readonly range: VersionRange },
  type: string,
  origin: TypeOrigin,
): string {
  const wayOut = range.since === undefined ? 'Remove it.' : 'Remove it, or upgrade the cluster first.';
  return `${name} is a field of ${type} ${whenOf(range, origin)}. ${wayOut}`;
}

/** `since Kubernetes 1.36; the cluster runs 1.34` */
export function whenOf({ since, until }: VersionRange, { name, version }: TypeOrigin): string {
  const when = [since && `since ${name} ${since}`, until && `up to ${name} ${until}`]
    .filter(Boolean)
    .join(' and ');
  return `${when}; the cluster runs ${version}`;
}

/** What is wrong with a kind that the cluster's release doesn't serve, and others do. */
export function unservedKind(
  apiVersion: string,
  kind: string,
  { kubernetes }: ClusterRelease,
): string | undefined {
  const range = servedRange(apiVersion, kind);
  if (range === undefined || isInRange(kubernetes, range)) return undefined;
  const when = whenOf(range, { name: 'Kubernetes', version: kubernetes });
  return `${apiVersion} has a ${kind} ${when}. The API server refuses it.`;
}

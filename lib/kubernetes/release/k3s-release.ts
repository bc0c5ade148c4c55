import table from '../../../imports/k3s/releases.json';
import type { ClusterRelease } from './cluster-release';
import { compareVersions } from './version-range';

/** The versions that a release of k3s bundles, without the leading `v`, except for k3s itself. */
export interface K3sRelease {
  /** `v1.34.6+k3s1` */
  readonly k3s: string;
  readonly kubernetes: string;
  readonly traefik: string;
  /** The version of Traefik's Helm chart. */
  readonly chart: string;
  /** The version of k3s' own package of Traefik's chart, such as `39.0.501+up39.0.5`. */
  readonly package: string;
  readonly helm: string;
  readonly helmController: string;
  /** Undefined if the version is unknown. */
  readonly etcd?: string;
  /** Names of the components whose exact version is unknown: the version here is a lower bound. */
  readonly atLeast?: readonly string[];
}

/** The known release whose data is used for the release in the configuration. */
export interface ResolvedRelease {
  /** The configured release, or the nearest known release of the same minor version. */
  readonly release: K3sRelease;
  readonly isExact: boolean;
}

export const k3sReleases: readonly K3sRelease[] = table.releases;

/** The minor version of a release: `1.34` for `v1.34.6+k3s1`. The unchanged string if it is not a release. */
export function minorOf(k3sVersion: string): string {
  return /^v?(\d+\.\d+)/.exec(k3sVersion)?.[1] ?? k3sVersion;
}

/** The known releases of a minor version, oldest first. Empty if the minor version is unknown. */
export function releasesOf(minor: string): readonly K3sRelease[] {
  return k3sReleases.filter(({ k3s }) => minorOf(k3s) === minor);
}

export function newestOf(minor: string): K3sRelease | undefined {
  return releasesOf(minor).at(-1);
}

/**
 * The versions that a release of k3s bundles. For an unknown patch release, these are the versions of the
 * nearest earlier release.
 *
 * @returns undefined if the minor version is unknown
 */
export function resolveK3s(k3sVersion: string): ResolvedRelease | undefined {
  const releases = releasesOf(minorOf(k3sVersion));
  const exact = releases.find(({ k3s }) => k3s === k3sVersion);
  const before = releases.filter(({ k3s }) => compareVersions(k3s, k3sVersion) <= 0).at(-1);
  const release = exact ?? before ?? releases[0];
  return release && { release, isExact: exact !== undefined };
}

/**
 * The component versions of a cluster with this release of k3s. If the release is unknown, only Kubernetes'
 * minor version is set.
 */
export function clusterReleaseOf(k3sVersion: string): ClusterRelease {
  const resolved = resolveK3s(k3sVersion);
  if (resolved === undefined) return { kubernetes: minorOf(k3sVersion) };
  const { helmController, chart } = resolved.release;
  return { kubernetes: minorOf(k3sVersion), helmController, traefikChart: chart };
}

/**
 * The first version of helm-controller that accepts `failurePolicy: retry` and `forceConflicts`.
 *
 * @see https://github.com/k3s-io/helm-controller/pull/342
 */
export const firstWithRetry = '0.17.6';

/** Whether the helm-controller that a release of k3s bundles accepts `failurePolicy: retry`. */
export function releaseTakesRetry(k3sVersion: string): boolean {
  const { helmController } = resolveK3s(k3sVersion)?.release ?? {};
  return helmController !== undefined && compareVersions(helmController, firstWithRetry) >= 0;
}

export const k3sMinors: readonly string[] = [...new Set(k3sReleases.map(({ k3s }) => minorOf(k3s)))];

/**
 * The date on which Kubernetes ends the support of a minor version. Undefined if the minor version is
 * unknown.
 */
export function endOfSupport(minor: string): string | undefined {
  const ends: Readonly<Record<string, string>> = table.endOfSupport;
  return ends[minor];
}

/** What to do about a k3s release that the tables do not contain. */
export const addRelease = 'CONTRIBUTING.md, "Add a version", has the commands that add a release';

/** The problem with a release whose minor version is unknown. Undefined for all other releases. */
export function unknownMinor(k3sVersion: string): string | undefined {
  if (resolveK3s(k3sVersion) !== undefined) return undefined;
  return `is "${k3sVersion}"; this version of the tool does not know Kubernetes ${minorOf(k3sVersion)}. Known minor versions: ${k3sMinors.join(', ')}. Set a release of one of these; ${addRelease}: imports/k3s/keep.ts`;
}

/** The warning for an unknown patch release of a known minor version. Undefined for all other releases. */
export function unknownPatch(k3sVersion: string): string | undefined {
  const resolved = resolveK3s(k3sVersion);
  if (resolved === undefined || resolved.isExact) return undefined;
  const { k3s, chart, traefik, helmController } = resolved.release;
  return `this version of the tool does not know k3s ${k3sVersion}, and assumes the component versions of ${k3s}: Traefik ${traefik}, its chart ${chart}, helm-controller ${helmController}. Compare them with the release notes of ${k3sVersion}; ${addRelease}: imports/k3s/keep.ts.`;
}

import table from '../../../imports/k3s/releases.json';
import type { ClusterRelease } from './cluster-release';
import { compareVersions } from './version-range';

/** What a release of k3s bundles; versions without `v`. */
export interface K3sRelease {
  /** `v1.34.6+k3s1` */
  readonly k3s: string;
  readonly kubernetes: string;
  readonly traefik: string;
  /** The version of Traefik's chart. */
  readonly chart: string;
  /** What k3s calls its copy of it, such as `39.0.501+up39.0.5`. */
  readonly package: string;
  readonly helm: string;
  readonly helmController: string;
  /** Undefined where it was not found. */
  readonly etcd?: string;
  /** Of which the version is the least that it can be: it was not found. */
  readonly atLeast?: readonly string[];
}

/** A release as the configuration or a script states it, and what is known of it. */
export interface ResolvedRelease {
  /** What is taken for it: itself, or the nearest known release of the same minor version. */
  readonly release: K3sRelease;
  readonly isExact: boolean;
}

/** Every release that is known, oldest first. */
export const k3sReleases: readonly K3sRelease[] = table.releases;

/** `1.34` of `v1.34.6+k3s1`; the text itself where it is no release. */
export function minorOf(k3sVersion: string): string {
  return /^v?(\d+\.\d+)/.exec(k3sVersion)?.[1] ?? k3sVersion;
}

/** The releases of a minor version, oldest first; none of one that is not known. */
export function releasesOf(minor: string): readonly K3sRelease[] {
  return k3sReleases.filter(({ k3s }) => minorOf(k3s) === minor);
}

/** The newest known release of a minor version. */
export function newestOf(minor: string): K3sRelease | undefined {
  return releasesOf(minor).at(-1);
}

/**
 * What a release of k3s bundles. Of a patch that is not known it is what the nearest one before it bundles.
 *
 * @returns undefined for a minor version that is not known
 */
export function resolveK3s(k3sVersion: string): ResolvedRelease | undefined {
  const releases = releasesOf(minorOf(k3sVersion));
  const exact = releases.find(({ k3s }) => k3s === k3sVersion);
  const before = releases.filter(({ k3s }) => compareVersions(k3s, k3sVersion) <= 0).at(-1);
  const release = exact ?? before ?? releases[0];
  return release && { release, isExact: exact !== undefined };
}

/** What a cluster of that k3s has; only the minor version where k3s itself is not known. */
export function clusterReleaseOf(k3sVersion: string): ClusterRelease {
  const resolved = resolveK3s(k3sVersion);
  if (resolved === undefined) return { kubernetes: minorOf(k3sVersion) };
  const { helmController, chart } = resolved.release;
  return { kubernetes: minorOf(k3sVersion), helmController, traefikChart: chart };
}

/**
 * The first helm-controller that takes `failurePolicy: retry`, and `forceConflicts`.
 *
 * @see https://github.com/k3s-io/helm-controller/pull/342
 */
export const firstWithRetry = '0.17.6';

/** Whether the helm-controller of a release of k3s takes `failurePolicy: retry`. */
export function releaseTakesRetry(k3sVersion: string): boolean {
  const { helmController } = resolveK3s(k3sVersion)?.release ?? {};
  return helmController !== undefined && compareVersions(helmController, firstWithRetry) >= 0;
}

/** Every known minor version, oldest first. */
export const k3sMinors: readonly string[] = [...new Set(k3sReleases.map(({ k3s }) => minorOf(k3s)))];

/** The day on which Kubernetes ends the support of a minor version; undefined of one that is not known. */
export function endOfSupport(minor: string): string | undefined {
  const ends: Readonly<Record<string, string>> = table.endOfSupport;
  return ends[minor];
}

/** What to do about a release that is not known. */
export const addRelease = 'CONTRIBUTING.md, "Add a version", has the commands that add one';

/** What is wrong with a release of a minor version that is not known; undefined of any other. */
export function unknownMinor(k3sVersion: string): string | undefined {
  if (resolveK3s(k3sVersion) !== undefined) return undefined;
  return `is "${k3sVersion}"; of Kubernetes ${minorOf(k3sVersion)} nothing is known here, but of ${k3sMinors.join(', ')}. State a release of one of these; ${addRelease}: imports/k3s/keep.ts`;
}

/** What is not known of a patch release; undefined of one that is known, and of an unknown minor version. */
export function unknownPatch(k3sVersion: string): string | undefined {
  const resolved = resolveK3s(k3sVersion);
  if (resolved === undefined || resolved.isExact) return undefined;
  const { k3s, chart, traefik, helmController } = resolved.release;
  return `k3s ${k3sVersion} is not known here: which Traefik, chart and helm-controller it bundles is taken from ${k3s} (Traefik ${traefik}, chart ${chart}, helm-controller ${helmController}). Look at its release notes; ${addRelease}: imports/k3s/keep.ts.`;
}

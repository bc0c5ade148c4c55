import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { groupFile, groups, groupVersions } from '../../../../imports/crds/sources';
import { clusterReleaseOf, minorOf, newestOf } from '../../../../lib/kubernetes/release/k3s-release';
import { compareVersions } from '../../../../lib/kubernetes/release/version-range';
import { root } from '../../../support/configuration';

/**
 * The Kubernetes release that the lane builds for each minor version of k3s. The Go module proxy does not hold every
 * patch release of `k8s.io/kubernetes`; these are the newest that it holds. A new minor version is one more line.
 */
const kubernetesReleases: Readonly<Record<string, string>> = {
  '1.34': 'v1.34.4',
  '1.35': 'v1.35.4',
  '1.36': 'v1.36.3',
  '1.37': 'v1.37.2',
};

/** The release to build: that of `KUBERNETES_MINOR`, or of the k3s version in config/production.yaml. */
export function pinnedKubernetes(minor = laneMinor()): string {
  const release = kubernetesReleases[minor];
  if (release === undefined) {
    const known = Object.keys(kubernetesReleases).join(', ');
    throw new Error(
      `no Kubernetes release is pinned for ${minor}; there are ${known}. Add it to test/real/cluster/servers/versions.ts.`,
    );
  }
  return release;
}

function laneMinor(): string {
  return process.env['KUBERNETES_MINOR'] ?? minorOf(k3sOfProduction());
}

/** The k3s whose manifests the lane applies: production's own, or the newest one that is known of another minor version. */
export function laneK3s(): string {
  const own = k3sOfProduction();
  return minorOf(own) === laneMinor() ? own : (newestOf(laneMinor())?.k3s ?? own);
}

/** The CustomResourceDefinitions that this k3s brings, as YAML. */
export function laneCrds(): string[] {
  const { helmController = '', traefikChart = '' } = clusterReleaseOf(laneK3s());
  const wanted = { 'helm.cattle.io': helmController, 'traefik.io': traefikChart };
  return groups.map((group) => {
    const version = groupVersions(root, group).filter((each) => compareVersions(each, wanted[group]) <= 0);
    return readFileSync(join(root, groupFile(group, version.at(-1) ?? '')), 'utf8');
  });
}

function k3sOfProduction(): string {
  const { k3s } = parse(readFileSync(join(root, 'config', 'production.yaml'), 'utf8')) as { k3s: string };
  return k3s;
}

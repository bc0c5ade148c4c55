import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../../support/configuration';

/**
 * The Kubernetes release that the lane builds for each minor version of k3s. The Go module proxy does not hold every
 * patch release of `k8s.io/kubernetes`; these are the newest that it holds. A new minor version is one more line.
 */
const kubernetesReleases: Readonly<Record<string, string>> = {
  '1.34': 'v1.34.4',
  '1.35': 'v1.35.4',
  '1.36': 'v1.36.3',
};

/** The release to build: that of `KUBERNETES_MINOR`, or of the k3s version in config/production.yaml. */
export function pinnedKubernetes(minor = process.env['KUBERNETES_MINOR'] ?? minorOfProduction()): string {
  const release = kubernetesReleases[minor];
  if (release === undefined) {
    const known = Object.keys(kubernetesReleases).join(', ');
    throw new Error(
      `no Kubernetes release is pinned for ${minor}; there are ${known}. Add it to test/real/cluster/servers/versions.ts.`,
    );
  }
  return release;
}

function minorOfProduction(): string {
  const { k3s } = parse(readFileSync(join(root, 'config', 'production.yaml'), 'utf8')) as { k3s: string };
  return k3s.replace(/^v(\d+\.\d+)\..*$/, '$1');
}

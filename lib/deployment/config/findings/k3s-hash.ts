import { k3sArchitectureOf } from '../schema/node-role';
import type { Deployment } from '../schema/schema';

/**
 * Warns if hashes are set, but none for the release that the nodes install, for example after an update of
 * `k3s`. The download of that release would not be verified.
 */
export function hashWarnings({ k3s, k3sSha256, nodes }: Deployment): string[] {
  if (k3sSha256 === undefined) return [];
  const architectures = [...new Set(Object.values(nodes).map(k3sArchitectureOf))].sort();
  return architectures
    .filter((architecture) => k3sSha256[k3s]?.[architecture] === undefined)
    .map((architecture) => {
      const asset = architecture === 'arm64' ? 'k3s-arm64' : 'k3s';
      return (
        `k3sSha256 has no ${architecture} hash of ${k3s}, so the nodes would trust the checksum file of that release. Set k3sSha256["${k3s}"].${architecture} to the output of: ` +
        `curl -fsSL https://github.com/k3s-io/k3s/releases/download/${k3s}/sha256sum-${architecture}.txt | grep ' ${asset}$'`
      );
    });
}

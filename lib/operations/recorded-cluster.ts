import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { ClusterIdentity } from './cluster/identity';
import { OperationError } from './error';

/** The file that records which cluster a configuration describes: `production.cluster.lock.yaml` next to `production.yaml`. */
export function clusterFile(config: string): string {
  return join(dirname(config), `${parse(config).name}.cluster.lock.yaml`);
}

/**
 * The uid of the configuration's cluster; undefined before it is recorded.
 *
 * @throws OperationError for a file without one
 */
export function recordedCluster(config: string): string | undefined {
  const file = clusterFile(config);
  if (!existsSync(file)) return undefined;
  const { uid } = (parseYaml(readFileSync(file, 'utf8')) ?? {}) as { uid?: unknown };
  if (typeof uid === 'string' && uid !== '') return uid;
  throw new OperationError(
    `${file} has no uid. Write the output of: kubectl get namespace kube-system -o jsonpath='{.metadata.uid}'`,
  );
}

/** Records a cluster as the one that a configuration describes. */
export function recordCluster(config: string, { uid }: ClusterIdentity): void {
  const lines = [
    `# The cluster that ${parse(config).base} describes. honeydue deploy refuses every other one. Commit this file.`,
    `uid: ${uid} # kubectl get namespace kube-system -o jsonpath='{.metadata.uid}'`,
  ];
  writeFileSync(clusterFile(config), `${lines.join('\n')}\n`);
}

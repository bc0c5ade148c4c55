import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { fileChanges } from '../output/changes';
import { replaceFile } from '../output/replace';
import type { ClusterIdentity } from './cluster/identity';
import { OperationError } from './error';

/** The file that records a configuration's cluster: `production.cluster.lock.yaml` next to `production.yaml`. */
export function clusterFile(config: string): string {
  return join(dirname(config), `${parse(config).name}.cluster.lock.yaml`);
}

/**
 * The recorded uid of the configuration's cluster; undefined before it is recorded.
 *
 * @throws OperationError if the file has no uid
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

/** The record of a configuration's cluster, as file path and content. */
export function clusterRecord(config: string, { uid }: ClusterIdentity): { path: string; text: string } {
  const lines = [
    `# The cluster that ${parse(config).base} describes. honeydue deploy refuses every other one. Commit this file.`,
    `uid: ${uid} # kubectl get namespace kube-system -o jsonpath='{.metadata.uid}'`,
  ];
  return { path: clusterFile(config), text: `${lines.join('\n')}\n` };
}

export function recordCluster(config: string, identity: ClusterIdentity): void {
  const { path, text } = clusterRecord(config, identity);
  replaceFile(path, text, fileChanges);
}

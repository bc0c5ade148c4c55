import { Kubectl, type KubectlOptions } from '../kubectl';
import { ClusterClient } from './client';
import { ClusterError } from './cluster-error';
import { type ClusterIdentity, readClusterIdentity } from './identity';
import { startProxy } from './proxy';
import { ResourcePaths } from './resource-paths';

/** A cluster that a command talks to: it writes by kubectl, and reads and watches through kubectl's proxy. */
export interface ClusterConnection {
  /** Bound to one context: a switch of the current context during a run changes nothing. */
  readonly kubectl: Kubectl;
  readonly context: string;
  readonly client: ClusterClient;
  readonly paths: ResourcePaths;
  readonly identity: ClusterIdentity;
}

/**
 * Connects to a cluster for as long as `use` runs.
 *
 * @throws OperationError if kubectl or the API server can't be reached
 */
export async function withCluster<Result>(
  options: KubectlOptions,
  use: (cluster: ClusterConnection) => Promise<Result>,
): Promise<Result> {
  const context = options.context ?? (await currentContext(options));
  const proxy = await startProxy({ ...options, context });
  try {
    const client = new ClusterClient(proxy.socket);
    const identity = await readClusterIdentity(client);
    const kubectl = new Kubectl({ ...options, context });
    return await use({ kubectl, context, client, paths: new ResourcePaths(client), identity });
  } finally {
    proxy.close();
  }
}

async function currentContext(options: KubectlOptions): Promise<string> {
  const { status, stdout } = await new Kubectl(options).run(['config', 'current-context']);
  if (status === 0) return stdout.trim();
  throw new ClusterError(
    'kubectl has no current context. Name one with --context; kubectl config get-contexts lists them.',
  );
}

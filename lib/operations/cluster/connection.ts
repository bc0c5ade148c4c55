import { Kubectl, type KubectlOptions } from '../kubectl';
import { ClusterClient } from './client';
import { ClusterError } from './cluster-error';
import { type ClusterIdentity, readClusterIdentity } from './identity';
import { startProxy } from './proxy';
import { ResourcePaths } from './resource-paths';

/** A connection to a cluster: writes go through kubectl, reads and watches through `kubectl proxy`. */
export interface ClusterConnection {
  /** Bound to one context, so that a change of the current context does not affect a running command. */
  readonly kubectl: Kubectl;
  readonly context: string;
  readonly client: ClusterClient;
  readonly paths: ResourcePaths;
  readonly identity: ClusterIdentity;
}

/**
 * Connects to a cluster, and disconnects when `use` returns.
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
    'kubectl has no current context. Select a context with --context; kubectl config get-contexts lists the contexts.',
  );
}

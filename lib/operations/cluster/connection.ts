import { ClusterClient } from './client';
import { type ClusterIdentity, readClusterIdentity } from './identity';
import { Kubectl, type KubectlAccess } from './kubectl';
import { startProxy } from './proxy';
import { ResourcePaths } from './resource-paths';

/** A cluster that a command talks to: it writes by kubectl, and reads and watches through kubectl's proxy. */
export interface ClusterConnection {
  readonly kubectl: Kubectl;
  readonly client: ClusterClient;
  readonly paths: ResourcePaths;
  readonly identity: ClusterIdentity;
}

/**
 * Connects to a cluster for as long as `use` runs.
 *
 * @throws ClusterError if kubectl or the API server can't be reached
 */
export async function withCluster<Result>(
  access: KubectlAccess,
  use: (cluster: ClusterConnection) => Promise<Result>,
): Promise<Result> {
  const kubectl = await Kubectl.find(access);
  const proxy = await startProxy(kubectl);
  try {
    const client = new ClusterClient(proxy.socket);
    const identity = await readClusterIdentity(client);
    return await use({ kubectl, client, paths: new ResourcePaths(client), identity });
  } finally {
    proxy.close();
  }
}

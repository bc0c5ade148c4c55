import type { ClusterClient } from './client';
import type { LiveObject } from './live-object';

/** Identifies a cluster independently of the name of its context. */
export interface ClusterIdentity {
  /** The uid of the kube-system namespace, which exists as long as the cluster. */
  readonly uid: string;
  /** Such as `v1.34`. */
  readonly minor: string;
  /** The full version, such as `v1.34.6+k3s1`. */
  readonly version: string;
  /** The names of its nodes, sorted. */
  readonly nodes: readonly string[];
}

/** @throws ClusterError if the API server does not answer or refuses */
export async function readClusterIdentity(client: ClusterClient): Promise<ClusterIdentity> {
  const [system, version, nodes] = await Promise.all([
    client.write<LiveObject>('GET', '/api/v1/namespaces/kube-system'),
    client.write<{ gitVersion: string }>('GET', '/version'),
    client.write<{ items: readonly LiveObject[] }>('GET', '/api/v1/nodes'),
  ]);
  return {
    uid: system.metadata.uid,
    minor: version.gitVersion.split('.').slice(0, 2).join('.'),
    version: version.gitVersion,
    nodes: nodes.items.map(({ metadata }) => metadata.name).sort(),
  };
}

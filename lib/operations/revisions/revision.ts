import { gunzipSync, gzipSync } from 'node:zlib';
import type { KubernetesDocument } from '../../documents/kubernetes';
import { ClusterError } from '../cluster/cluster-error';
import { fieldManager } from '../cluster/field-owners';
import type { LiveObject } from '../cluster/live-object';

/**
 * The state of a revision:
 * - pending: recorded before the first write; if the run was interrupted, the next run finishes it
 * - deployed: what runs now
 * - superseded: it was deployed, and a later revision replaced it
 * - failed: it was applied, at least in part, but did not become available
 * - abandoned: it was interrupted, and another revision was deployed instead
 */
export type RevisionState = 'pending' | 'deployed' | 'superseded' | 'failed' | 'abandoned';

/** A run of `deploy`, as the cluster stores it. */
export interface RevisionRecord {
  readonly number: number;
  readonly state: RevisionState;
  readonly digest: string;
  /** The commit that the manifests come from; empty if there is none. */
  readonly commit: string;
  /** Whether files differed from that commit. */
  readonly isDirty: boolean;
  readonly started: string;
  /** Empty while the revision is pending. */
  readonly finished: string;
  /** The user who deployed the revision: `user@host`. */
  readonly by: string;
  /** The revision that a rollback went back to; undefined if this is no rollback. */
  readonly rollbackTo?: number;
  /** The names of the objects that the user agreed to delete at the end of the run. */
  readonly prune: readonly string[];
  /** The completed migration Jobs of this revision. */
  readonly migrations: readonly string[];
}

export type StoredDocument = Pick<KubernetesDocument, 'file' | 'object'>;

/** A revision with its manifests. */
export interface DeployedRevision extends RevisionRecord {
  readonly documents: readonly StoredDocument[];
  /** The resourceVersion of the ConfigMap that stores the revision; undefined before it is stored. */
  readonly resourceVersion?: string;
}

/** The namespace of the revisions and the lock. It exists before the deployment's own namespace, and no deployment deletes it. */
export const recordNamespace = 'kube-system';

/** The label with the deployment's name on the ConfigMaps of its revisions. */
export const deploymentLabel = 'honeydue/deployment';

/** How many bytes of manifests fit into a ConfigMap, with room for its metadata. */
const mostBytes = 1_000_000;

/**
 * The ConfigMap that stores a revision. The manifests contain no secrets, and are compressed.
 *
 * @throws ClusterError if the manifests are too large
 */
export function revisionMap(deployment: string, { documents, resourceVersion, ...record }: DeployedRevision) {
  // With a fixed compression level, equal manifests give equal bytes.
  const manifests = gzipSync(JSON.stringify(documents), { level: 9 }).toString('base64');
  if (manifests.length > mostBytes)
    throw new ClusterError(
      `The manifests take ${manifests.length} bytes compressed, but a ConfigMap holds at most ${mostBytes}, so the revision can't be stored. Split the deployment.`,
    );
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${deployment}-revision-${record.number}`,
      namespace: recordNamespace,
      labels: { 'app.kubernetes.io/managed-by': fieldManager, [deploymentLabel]: deployment },
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
    data: { record: JSON.stringify(record) },
    binaryData: { manifests },
  };
}

/** Reads a revision from its ConfigMap. */
export function revisionOf(map: LiveObject): DeployedRevision {
  const { data, binaryData, metadata } = map as unknown as {
    data: { record: string };
    binaryData: { manifests: string };
    metadata: LiveObject['metadata'];
  };
  const text = gunzipSync(Buffer.from(binaryData.manifests, 'base64')).toString('utf8');
  return {
    ...(JSON.parse(data.record) as RevisionRecord),
    documents: JSON.parse(text) as StoredDocument[],
    resourceVersion: metadata.resourceVersion,
  };
}

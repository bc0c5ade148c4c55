import { gunzipSync, gzipSync } from 'node:zlib';
import type { KubernetesDocument } from '../../documents/kubernetes';
import { ClusterError } from '../cluster/cluster-error';
import { fieldManager } from '../cluster/field-owners';
import type { LiveObject } from '../cluster/live-object';

/**
 * - pending: recorded before the first write; a run that ended there is finished by the next one
 * - deployed: what runs
 * - superseded: it ran, and a later revision replaced it
 * - failed: it was applied, in whole or in part, and did not become available
 * - abandoned: it was interrupted, and another revision was deployed instead of it
 */
export type RevisionState = 'pending' | 'deployed' | 'superseded' | 'failed' | 'abandoned';

/** One deployment, as the cluster keeps it. */
export interface RevisionRecord {
  readonly number: number;
  readonly state: RevisionState;
  /** The digest of the manifests. */
  readonly digest: string;
  /** The commit that the manifests come from; empty where there is none. */
  readonly commit: string;
  /** Files differed from that commit. */
  readonly isDirty: boolean;
  readonly started: string;
  /** Empty while it is pending. */
  readonly finished: string;
  /** Who deployed it: `user@host`. */
  readonly by: string;
  /** The revision that it went back to; undefined where it is no rollback. */
  readonly rollbackTo?: number;
  /** The names of the objects that it deletes at its end, as they were confirmed. */
  readonly prune: readonly string[];
  /** The Jobs of its migration that completed. */
  readonly migrations: readonly string[];
}

export type StoredDocument = Pick<KubernetesDocument, 'file' | 'object'>;

/** A record with its manifests. */
export interface DeployedRevision extends RevisionRecord {
  readonly documents: readonly StoredDocument[];
  /** Of the ConfigMap that keeps it; undefined before it is stored. */
  readonly resourceVersion?: string;
}

/** Revisions and the lock are kept where no deployment deletes them, and where they exist before the first namespace does. */
export const recordNamespace = 'kube-system';

/** The label that names the deployment of a revision. */
export const deploymentLabel = 'honeydue/deployment';

/** So many bytes fit into a ConfigMap, with room for its metadata. */
const mostBytes = 1_000_000;

/**
 * The ConfigMap that keeps a revision. Manifests hold no secret, and are kept compressed.
 *
 * @throws ClusterError for manifests that don't fit
 */
export function revisionMap(deployment: string, { documents, resourceVersion, ...record }: DeployedRevision) {
  // The level and the header are fixed: equal manifests have equal bytes.
  const manifests = gzipSync(JSON.stringify(documents), { level: 9 }).toString('base64');
  if (manifests.length > mostBytes)
    throw new ClusterError(
      `The manifests take ${manifests.length} bytes compressed, and a ConfigMap holds ${mostBytes}: the revision can't be kept. Split the deployment.`,
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

/** The revision that a ConfigMap keeps. */
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

import { takenAlongWith } from '../../analysis/impact/kubernetes/left-behind';
import type { KubernetesObject } from '../../documents/kubernetes';
import { describeObject, kindOf, objectKey } from '../../kubernetes/objects/object-key';
import type { ClusterConnection } from '../cluster/connection';
import { isOurs } from '../cluster/field-owners';
import { type LiveObject, managedFieldsOf } from '../cluster/live-object';
import type { DeployedRevision } from '../revisions/revision';

/** An object that an earlier revision applied, and that is no longer in the manifests. */
export interface PruneCandidate {
  readonly name: string;
  readonly live: LiveObject;
  /**
   * What else the deletion deletes. Such an object is deleted only if it is named. Undefined if the deletion has no
   * side effect.
   */
  readonly takes: string | undefined;
  /** Whether its annotation forbids the deletion. */
  readonly isKept: boolean;
}

/** If its value is `false`, the object is never deleted, whatever flags a command has. */
export const pruneAnnotation = 'honeydue/prune';

/** The objects of earlier revisions that are no longer in the manifests. Jobs are left out, because they end by themselves. */
export function unlistedObjects(
  revisions: readonly Pick<DeployedRevision, 'documents'>[],
  desired: readonly KubernetesObject[],
): KubernetesObject[] {
  const described = new Set(desired.map(objectKey));
  const found = new Map<string, KubernetesObject>();
  for (const { documents } of revisions)
    for (const { object } of documents) {
      const key = objectKey(object);
      if (kindOf(object) !== 'Job' && !described.has(key) && !found.has(key)) found.set(key, object);
    }
  return [...found.values()];
}

/** The unlisted objects that are still in the cluster and still managed by us. */
export async function findPruneCandidates(
  { client, paths }: Pick<ClusterConnection, 'client' | 'paths'>,
  revisions: readonly Pick<DeployedRevision, 'documents'>[],
  desired: readonly KubernetesObject[],
): Promise<PruneCandidate[]> {
  const found: PruneCandidate[] = [];
  for (const object of unlistedObjects(revisions, desired)) {
    const path = await paths.of(object);
    const live = path === undefined ? undefined : await client.get<LiveObject>(path);
    if (live === undefined || live.metadata['deletionTimestamp'] !== undefined) continue;
    if (managedFieldsOf(live).some(isOurs)) found.push(pruneCandidate(live));
  }
  return found;
}

export function pruneCandidate(live: LiveObject): PruneCandidate {
  const secret = kindOf(live) === 'Secret' ? 'its values exist nowhere else in the cluster' : undefined;
  return {
    name: describeObject(live),
    live,
    takes: takenAlongWith(live) ?? secret,
    isKept: live.metadata.annotations?.[pruneAnnotation] === 'false',
  };
}

/** The objects that the user agrees to delete. */
export interface PruneChoice {
  /** All objects whose deletion has no side effect. */
  readonly all: boolean;
  /** Single objects by name, such as `PersistentVolumeClaim shop/data`. */
  readonly named: readonly string[];
}

/** The candidates to delete. */
export function chosenForPrune(
  candidates: readonly PruneCandidate[],
  { all, named }: PruneChoice,
): PruneCandidate[] {
  return candidates.filter(
    ({ name, takes, isKept }) => !isKept && (named.includes(name) || (all && takes === undefined)),
  );
}

import { type Impact, impact } from '../../analysis/impact/impact';
import type { KubernetesObject } from '../../documents/kubernetes';
import type { ClusterConnection } from '../cluster/connection';
import type { DeployedRevision } from '../revisions/revision';
import { RevisionStore } from '../revisions/revision-store';
import { type DesiredState, digestOf } from './desired';
import { findMissingSecrets, type MissingSecret } from './needed-secrets';
import { rankOf } from './order';
import { type PlannedObject, planObject } from './planned-object';
import { findPruneCandidates, type PruneCandidate } from './prune';
import { statedTexts, withPublicValues } from './public-values';
import { statedPart } from './stated-part';

/** What a deployment would change in the cluster. */
export interface DeploymentPlan {
  readonly desired: DesiredState;
  readonly digest: string;
  /** Sorted by phase, and within a phase in the order in which they are applied. */
  readonly objects: readonly PlannedObject[];
  readonly prune: readonly PruneCandidate[];
  readonly impact: Impact;
  readonly missingSecrets: readonly MissingSecret[];
  /** The latest first. */
  readonly revisions: readonly DeployedRevision[];
}

/** How many objects are read at the same time. */
const concurrency = 8;

/** Plans a deployment: compares the manifests with the cluster. Nothing is stored. */
export async function makePlan(cluster: ClusterConnection, desired: DesiredState): Promise<DeploymentPlan> {
  const { documents } = desired;
  const objects = documents.map(({ object }) => object);
  const revisions = await new RevisionStore(cluster.client, desired.name).list();
  const planned = await inParallel(documents, (document) =>
    planObject(cluster, document, revisions, desired.skipsJobs),
  );
  const ordered = planned
    .map((each, index) => ({ each, index }))
    .sort(
      (a, b) =>
        a.each.phase - b.each.phase || rankOf(a.each.desired) - rankOf(b.each.desired) || a.index - b.index,
    )
    .map(({ each }) => each);
  const prune = await findPruneCandidates(cluster, revisions, objects);
  return {
    desired,
    digest: digestOf(objects),
    objects: ordered,
    prune,
    impact: liveImpact(desired, ordered, prune, revisions),
    missingSecrets: await findMissingSecrets(cluster, objects),
    revisions,
  };
}

/** The impact on the running objects. Both sides are objects as the API server returns them. */
function liveImpact(
  { topology, nodes, documents }: DesiredState,
  planned: readonly PlannedObject[],
  prune: readonly PruneCandidate[],
  revisions: readonly DeployedRevision[],
): Impact {
  const stated = [...documents, ...revisions.flatMap((each) => each.documents)].map(({ object }) => object);
  const texts = statedTexts(stated);
  const shownOf = (object: KubernetesObject) => withPublicValues(statedPart(object), texts);
  const asked = planned.filter(({ action }) => action !== 'skip' && action !== 'rerun');
  const before = [...asked, ...prune].flatMap(({ live }) => (live === undefined ? [] : [shownOf(live)]));
  const after = asked.map(({ result, desired }) =>
    result.kind === 'result' ? shownOf(result.object) : desired,
  );
  return impact(before, after, topology, { nodes });
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await act(item);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return results;
}

export function isUpToDate({ objects, revisions, digest }: DeploymentPlan): boolean {
  const [latest] = revisions;
  return (
    latest?.state === 'deployed' &&
    latest.digest === digest &&
    objects.every(({ action }) => action === 'keep' || action === 'skip')
  );
}

import type { KubernetesObject } from '../../../../documents/kubernetes';
import type { ClusterConnection } from '../../../cluster/connection';
import type { LiveObject } from '../../../cluster/live-object';
import { listNamespace } from '../../../cluster/namespace-objects';
import type { AdoptRun, LiveDifference, Survey } from '../../source';
import { readSurvey } from '../../survey';
import type { RunningNamespace } from '../running-namespace';
import { liveDifferences } from './differences';
import { undescribedObjects } from './undescribed';
import { unreadKeys } from './unread-keys';

/** Lists the objects of the namespace that are not in the configuration, and the differences from the manifests. */
export async function surveyCluster(
  cluster: ClusterConnection,
  namespace: RunningNamespace,
  { desired, deployment }: Pick<AdoptRun, 'desired' | 'deployment'>,
): Promise<Survey> {
  if (desired === undefined) return { undescribed: [], differences: [] };
  const manifests = desired.documents.map(({ object }) => object);
  const refused: string[] = [];
  const survey = await readSurvey([
    async () => {
      const { objects, unread } = await listNamespace(cluster.client, deployment.namespace);
      refused.push(...unread);
      return { undescribed: undescribedObjects(objects, manifests, deployment) };
    },
    async () => ({ undescribed: await unreadKeys(deployment, namespace) }),
    ...manifests.map((object) => async () => ({ differences: await differencesOf(cluster, object) })),
  ]);
  return { ...survey, unread: [...refused, ...(survey.unread ?? [])] };
}

async function differencesOf(
  { client, paths }: ClusterConnection,
  desired: KubernetesObject,
): Promise<LiveDifference[]> {
  const path = await paths.of(desired);
  const live = path === undefined ? undefined : await client.get<LiveObject>(path);
  return live === undefined ? [] : liveDifferences(live, desired);
}

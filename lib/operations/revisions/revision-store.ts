import type { ClusterClient } from '../cluster/client';
import type { LiveObject } from '../cluster/live-object';
import { type DeployedRevision, deploymentLabel, recordNamespace, revisionMap, revisionOf } from './revision';

/** How many revisions are kept. */
export const keptRevisions = 10;

const base = `/api/v1/namespaces/${recordNamespace}/configmaps`;

/** Stores the revisions of one deployment in its cluster. */
export class RevisionStore {
  constructor(
    private readonly client: ClusterClient,
    private readonly deployment: string,
  ) {}

  /** The latest first. */
  async list(): Promise<DeployedRevision[]> {
    const selector = encodeURIComponent(`${deploymentLabel}=${this.deployment}`);
    const { items } = await this.client.write<{ items: LiveObject[] }>(
      'GET',
      `${base}?labelSelector=${selector}`,
    );
    return items.map(revisionOf).sort((a, b) => b.number - a.number);
  }

  /** Creates or updates a revision. The write fails if another process changed the revision since it was read. */
  async put(revision: DeployedRevision): Promise<DeployedRevision> {
    const map = revisionMap(this.deployment, revision);
    const isNew = revision.resourceVersion === undefined;
    const path = isNew ? base : `${base}/${map.metadata.name}`;
    return revisionOf(await this.client.write<LiveObject>(isNew ? 'POST' : 'PUT', path, map));
  }

  /** Deletes all but the newest revisions. The deployed revision is kept, however old it is. */
  async trim(): Promise<void> {
    const all = await this.list();
    for (const { number, state } of all.slice(keptRevisions))
      if (state !== 'deployed')
        await this.client.write('DELETE', `${base}/${this.deployment}-revision-${number}`);
  }
}

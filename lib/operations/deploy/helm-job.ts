import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterConnection } from '../cluster/connection';
import type { LiveObject } from '../cluster/live-object';
import { OperationError } from '../error';
import type { PlannedObject } from '../plan/planned-object';

/** k3s' Helm controller runs a Job whenever the values of a chart change. */
interface HelmJob {
  readonly path: string;
  readonly uid: string | undefined;
  readonly object: string;
}

/** So long the controller takes at most to start its Job, in milliseconds; none means that the values are the same. */
const startsWithin = 20_000;

/** So long a chart's installation takes at most, in milliseconds. */
const endsWithin = 600_000;

/** The Jobs of the charts that some objects configure, as they are before the apply. */
export async function helmJobs(
  { client }: ClusterConnection,
  objects: readonly PlannedObject[],
): Promise<HelmJob[]> {
  const found: HelmJob[] = [];
  for (const { desired, name: object, action } of objects) {
    if (desired.kind !== 'HelmChartConfig' || action === 'keep' || action === 'skip') continue;
    const { namespace = 'kube-system', name } = desired.metadata;
    const chart = await client.get<LiveObject>(
      `/apis/helm.cattle.io/v1/namespaces/${namespace}/helmcharts/${name}`,
    );
    if (chart === undefined) continue;
    const path = `/apis/batch/v1/namespaces/${namespace}/jobs/helm-install-${name}`;
    const job = await client.get<LiveObject>(path);
    found.push({ path, uid: job?.metadata.uid, object });
  }
  return found;
}

/** @throws OperationError if an installation fails */
export async function awaitHelmJobs({ client }: ClusterConnection, jobs: readonly HelmJob[]): Promise<void> {
  for (const { path, uid, object } of jobs) {
    const start = Date.now();
    for (;;) {
      const job = await client.get<LiveObject>(path);
      const isNew = job !== undefined && job.metadata.uid !== uid;
      if (isNew && hasCondition(job, 'Complete')) break;
      if (isNew && hasCondition(job, 'Failed'))
        throw new OperationError(
          `${object}: the Job of the chart failed. kubectl logs -n ${job.metadata.namespace} job/${job.metadata.name} says why.`,
        );
      if (!isNew && Date.now() - start > startsWithin) break;
      if (Date.now() - start > endsWithin)
        throw new OperationError(
          `${object}: the Job of the chart has not ended within ${endsWithin / 60_000} min.`,
        );
      await sleep(500);
    }
  }
}

function hasCondition({ status }: LiveObject, wanted: string): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status: is }) => type === wanted && is === 'True');
}

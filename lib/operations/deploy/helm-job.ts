import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterConnection } from '../cluster/connection';
import type { LiveObject } from '../cluster/live-object';
import type { PlannedObject } from '../plan/planned-object';
import { canonicalJson } from '../plan/stated-part';
import type { AwaitedObject } from './await';

/** A Job of the Helm controller of k3s, which replaces the Job when a chart or its values change. */
interface HelmJob {
  readonly namespace: string;
  readonly name: string;
  /** The uid of the Job before the apply; undefined if any Job of this name is awaited. */
  readonly uid: string | undefined;
}

/**
 * How long the controller may take to start its Job, in milliseconds. If no Job has started by then, the chart
 * counts as unchanged.
 */
const startsWithin = 20_000;

/**
 * The install Jobs of the charts that the objects configure, as they are before the apply. A chart that is not
 * installed has no Job.
 *
 * @param resumes whether an interrupted run has applied the objects: their Jobs may still run
 */
export async function helmJobs(
  { client }: ClusterConnection,
  objects: readonly PlannedObject[],
  resumes: boolean,
): Promise<HelmJob[]> {
  const found = new Map<string, HelmJob>();
  for (const planned of objects) {
    const { kind, metadata } = planned.desired;
    const { namespace = 'kube-system', name: chart } = metadata;
    if (kind !== 'HelmChart' && kind !== 'HelmChartConfig') continue;
    if (!resumes && !changesSpec(planned)) continue;
    const path = `/apis/helm.cattle.io/v1/namespaces/${namespace}/helmcharts/${chart}`;
    if (kind === 'HelmChartConfig' && (await client.get(path)) === undefined) continue;
    const name = `helm-install-${chart}`;
    const job = await client.get<LiveObject>(jobPath({ namespace, name }));
    if (resumes && job === undefined) continue;
    found.set(`${namespace}/${name}`, { namespace, name, uid: resumes ? undefined : job?.metadata.uid });
  }
  return [...found.values()];
}

/** The controller starts no Job if only labels or owners change. */
function changesSpec({ action, live, result }: PlannedObject): boolean {
  if (action === 'keep' || action === 'skip') return false;
  if (live === undefined || result.kind !== 'result') return true;
  return canonicalJson(live['spec'] ?? null) !== canonicalJson(result.object['spec'] ?? null);
}

/** The Jobs that the controller started after the apply. */
export async function startedHelmJobs(
  { client }: ClusterConnection,
  jobs: readonly HelmJob[],
): Promise<AwaitedObject[]> {
  const started: AwaitedObject[] = [];
  const end = Date.now() + startsWithin;
  for (const { namespace, name, uid } of jobs)
    for (;;) {
      const job = await client.get<LiveObject>(jobPath({ namespace, name }));
      if (job !== undefined && job.metadata.uid !== uid) {
        started.push({ object: `Job ${namespace}/${name}`, kind: 'Job', namespace, name, generation: 0 });
        break;
      }
      if (Date.now() > end) break;
      await sleep(250);
    }
  return started;
}

function jobPath({ namespace, name }: Pick<HelmJob, 'namespace' | 'name'>): string {
  return `/apis/batch/v1/namespaces/${namespace}/jobs/${name}`;
}

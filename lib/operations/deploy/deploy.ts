import type { ClusterConnection } from '../cluster/connection';
import { closingPhase, phaseTitles } from '../plan/order';
import type { DeploymentPlan } from '../plan/plan';
import type { PlannedObject } from '../plan/planned-object';
import { chosenForPrune, type PruneChoice } from '../plan/prune';
import { type DeploymentLock, deployer } from '../revisions/lock';
import type { DeployedRevision } from '../revisions/revision';
import { RevisionStore } from '../revisions/revision-store';
import { applyObjects, pruneObjects } from './apply';
import { type AwaitOptions, awaitAll, awaitObjects } from './await';
import type { Diagnosis } from './diagnosis';
import { helmJobs, startedHelmJobs } from './helm-job';
import type { DeployReporter } from './reporter';

export interface DeployOptions extends AwaitOptions {
  readonly prune: PruneChoice;
  /** The revision to roll back to. @default this is no rollback */
  readonly rollbackTo?: number | undefined;
}

/** The result of a deployment. */
export interface DeployOutcome {
  readonly revision: DeployedRevision;
  /** The diagnoses of the failed workloads; empty if everything is available. */
  readonly diagnoses: readonly Diagnosis[];
}

/**
 * Applies a plan to a cluster. The revision is recorded before the first write, so that the next run can finish an
 * interrupted one.
 *
 * @throws OperationError if the cluster refuses something or can't be reached
 */
export async function runDeployment(
  cluster: ClusterConnection,
  plan: DeploymentPlan,
  lock: DeploymentLock,
  reporter: DeployReporter,
  options: DeployOptions,
): Promise<DeployOutcome> {
  const store = new RevisionStore(cluster.client, plan.desired.name);
  const { revision, resumes } = await recordPending(store, plan, options);
  if (resumes) reporter.note(`Revision ${revision.number} was interrupted: this run finishes it.`);
  const pruned = plan.prune.filter(({ name }) => revision.prune.includes(name));
  const last = Math.max(closingPhase, ...plan.objects.map(({ phase }) => phase));
  for (let phase = 0; phase <= last; phase += 1) {
    await lock.check();
    options.signal?.throwIfAborted();
    const diagnoses = await runPhase(cluster, plan, phase, resumes, reporter, options);
    if (diagnoses.length === 0) continue;
    reporter.failed(diagnoses);
    const failed = {
      ...revision,
      state: 'failed' as const,
      finished: now(),
      migrations: await completed(cluster, plan),
    };
    return { revision: await store.put(failed), diagnoses };
  }
  await lock.check();
  await pruneObjects(cluster, pruned, reporter);
  const finished = await finish(store, { ...revision, migrations: await completed(cluster, plan) });
  return { revision: finished, diagnoses: [] };
}

async function runPhase(
  cluster: ClusterConnection,
  { objects }: DeploymentPlan,
  phase: number,
  resumes: boolean,
  reporter: DeployReporter,
  options: AwaitOptions,
): Promise<Diagnosis[]> {
  const own = objects.filter((each) => each.phase === phase);
  const written = own.filter(({ action }) => action !== 'keep' && action !== 'skip');
  // The interrupted run may have applied some of these objects without waiting for them.
  const awaited = resumes ? own : written;
  if (awaited.length === 0) return [];
  reporter.phase(phaseTitles[phase] ?? `phase ${phase}`);
  const jobs = await helmJobs(cluster, awaited, resumes);
  await applyObjects(cluster, written, reporter);
  const found = await withPaths(cluster, awaited);
  const diagnoses = await awaitObjects(cluster, found, reporter, options);
  if (diagnoses.length > 0) return diagnoses;
  return awaitAll(cluster, await startedHelmJobs(cluster, jobs), reporter, options);
}

/** A kind that had no API path when the plan was made may have one now, because its CustomResourceDefinition was applied. */
async function withPaths(
  { paths }: ClusterConnection,
  objects: readonly PlannedObject[],
): Promise<PlannedObject[]> {
  return Promise.all(
    objects.map(async (each) => ({ ...each, path: each.path ?? (await paths.of(each.desired)) })),
  );
}

/** The revision of this run: an interrupted one with the same manifests, or else a new one. */
async function recordPending(
  store: RevisionStore,
  { revisions, digest, desired, prune }: DeploymentPlan,
  { prune: choice, rollbackTo }: DeployOptions,
): Promise<{ readonly revision: DeployedRevision; readonly resumes: boolean }> {
  const pending = revisions.filter(({ state }) => state === 'pending');
  const chosen = chosenForPrune(prune, choice).map(({ name }) => name);
  const same = pending.find((each) => each.digest === digest);
  for (const each of pending)
    if (each !== same) await store.put({ ...each, state: 'abandoned', finished: now() });
  if (same !== undefined) {
    const all = [...new Set([...same.prune, ...chosen])].sort();
    if (all.length === same.prune.length) return { revision: same, resumes: true };
    return { revision: await store.put({ ...same, prune: all }), resumes: true };
  }
  const revision = await store.put({
    number: Math.max(0, ...revisions.map(({ number }) => number)) + 1,
    state: 'pending',
    digest,
    ...desired.origin,
    started: now(),
    finished: '',
    by: deployer(),
    ...(rollbackTo !== undefined && { rollbackTo }),
    prune: chosen.sort(),
    migrations: [],
    documents: desired.documents.map(({ file, object }) => ({ file, object })),
  });
  return { revision, resumes: false };
}

/**
 * Older revisions are superseded first. If the run is interrupted in between, a pending revision remains, and the next
 * run finishes it.
 */
async function finish(store: RevisionStore, revision: DeployedRevision): Promise<DeployedRevision> {
  for (const each of await store.list())
    if (each.state === 'deployed') await store.put({ ...each, state: 'superseded' });
  const deployed = await store.put({ ...revision, state: 'deployed', finished: now() });
  await store.trim();
  return deployed;
}

/** The Jobs of the manifests that have completed, in this revision or an earlier one. */
async function completed(cluster: ClusterConnection, plan: DeploymentPlan): Promise<string[]> {
  const names: string[] = [];
  for (const { desired, name, path, action } of plan.objects) {
    if (desired.kind !== 'Job') continue;
    const isKnown = action === 'skip' && plan.revisions.some(({ migrations }) => migrations.includes(name));
    const live = path === undefined ? undefined : await cluster.client.get<{ status?: JobStatus }>(path);
    const isComplete = live?.status?.conditions?.some(
      ({ type, status }) => type === 'Complete' && status === 'True',
    );
    if (isKnown || isComplete) names.push(name);
  }
  return names;
}

interface JobStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

function now(): string {
  return new Date().toISOString();
}

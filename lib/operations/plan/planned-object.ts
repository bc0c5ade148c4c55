import type { KubernetesObject } from '../../documents/kubernetes';
import { describeObject } from '../../kubernetes/objects/object-key';
import type { ClusterConnection } from '../cluster/connection';
import { isOurs } from '../cluster/field-owners';
import { type LiveObject, managedFieldsOf } from '../cluster/live-object';
import type { DeployedRevision } from '../revisions/revision';
import { type Adoption, adoptionOf } from './adoption';
import { driftOf, type FieldDrift } from './drift';
import { type DryRun, dryRun } from './dry-run';
import { phaseIn } from './order';
import { canonicalJson, statedPart } from './stated-part';

/**
 * What a deployment does with an object:
 * - create: the object does not exist
 * - change: the apply changes it
 * - adopt: the apply takes over fields of other managers, and may change the object
 * - rerun: a failed Job is deleted and created again
 * - skip: a migration Job that completed in an earlier revision and was cleaned up since, or any Job of a rollback
 * - keep: the object is already as described
 */
export type PlannedAction = 'create' | 'change' | 'adopt' | 'rerun' | 'skip' | 'keep';

/** One object of a plan: the live object, and the result of a dry run of its manifest. */
export interface PlannedObject {
  readonly name: string;
  readonly file: string;
  readonly desired: KubernetesObject;
  readonly phase: number;
  readonly action: PlannedAction;
  /** The API path; undefined if the API server does not serve the kind yet. */
  readonly path: string | undefined;
  readonly live: LiveObject | undefined;
  readonly result: DryRun;
  readonly adoption: Adoption | undefined;
  readonly drift: readonly FieldDrift[];
}

/** Plans one object. Nothing is stored. */
export async function planObject(
  cluster: ClusterConnection,
  { file, object: desired }: { readonly file: string; readonly object: KubernetesObject },
  revisions: readonly DeployedRevision[],
  skipsJobs = false,
): Promise<PlannedObject> {
  const name = describeObject(desired);
  const path = await cluster.paths.of(desired);
  const live = path === undefined ? undefined : await cluster.client.get<LiveObject>(path);
  const own = { name, file, desired, path, live, phase: phaseIn(file, desired, live) };
  const none = { adoption: undefined, drift: [] };
  const isDone = live === undefined && isCompleted(name, desired, revisions);
  if (isDone || (skipsJobs && desired.kind === 'Job'))
    return { ...own, ...none, action: 'skip', result: { kind: 'later' } };
  if (path === undefined) return { ...own, ...none, action: 'create', result: { kind: 'later' } };
  if (live !== undefined && hasFailed(live))
    return { ...own, ...none, action: 'rerun', result: { kind: 'later' } };
  const adoption = live && adoptionOf(live, desired);
  const result = await dryRun(cluster, path, desired, live, adoption);
  const applied = appliedObject(name, revisions);
  const drift = live && result.kind === 'result' ? driftOf(live, result.object, applied) : [];
  return { ...own, adoption, result, drift, action: actionOf(live, result, adoption) };
}

function actionOf(
  live: LiveObject | undefined,
  result: DryRun,
  adoption: Adoption | undefined,
): PlannedAction {
  if (live === undefined) return 'create';
  if (adoption !== undefined) return 'adopt';
  if (result.kind !== 'result') return 'change';
  const isSame = canonicalJson(statedPart(live)) === canonicalJson(statedPart(result.object));
  const owns = (object: LiveObject) => canonicalJson(managedFieldsOf(object).find(isOurs)?.fieldsV1 ?? null);
  if (isSame && owns(live) === owns(result.object)) return 'keep';
  return managedFieldsOf(live).some(isOurs) ? 'change' : 'adopt';
}

/** Whether this Job completed in an earlier revision: running it again would repeat an old migration. */
function isCompleted(
  name: string,
  { kind }: KubernetesObject,
  revisions: readonly DeployedRevision[],
): boolean {
  return kind === 'Job' && revisions.some(({ migrations }) => migrations.includes(name));
}

/** Whether a Job has failed and is not retried. */
export function hasFailed({ kind, status }: KubernetesObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return kind === 'Job' && conditions.some(({ type, status: is }) => type === 'Failed' && is === 'True');
}

function appliedObject(name: string, revisions: readonly DeployedRevision[]): KubernetesObject | undefined {
  const last = revisions.find(({ state }) => state === 'deployed');
  return last?.documents.find(({ object }) => describeObject(object) === name)?.object;
}

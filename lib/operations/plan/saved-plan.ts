import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { keyStep, pathOf } from '../../kubernetes/path';
import { ownersOf } from '../cluster/field-owners';
import { OperationError } from '../error';
import type { DeploymentPlan } from './plan';
import type { PlannedAction, PlannedObject } from './planned-object';
import { canonicalJson, statedPart } from './stated-part';

/** A plan as it is written to a file: hashes and names, but no values from the cluster. */
export interface SavedPlan {
  readonly version: 1;
  readonly deployment: string;
  /** The uid of the kube-system namespace, which identifies the cluster. */
  readonly cluster: string;
  /** Of the manifests. */
  readonly digest: string;
  readonly made: string;
  readonly objects: readonly SavedObject[];
  /** The objects that are no longer in the manifests. */
  readonly unlisted: readonly string[];
}

interface SavedObject {
  readonly name: string;
  readonly action: PlannedAction;
  /** Undefined if the object did not exist. */
  readonly resourceVersion?: string;
  /** The hash of the dry run's result. */
  readonly result: string;
  /** The hash of each field of the live object, by its path. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A difference between the cluster and a saved plan. */
export interface PlanDrift {
  readonly object: string;
  /** Empty if the whole object is meant. */
  readonly path: string;
  readonly what: 'changed' | 'added' | 'removed' | 'created' | 'deleted' | 'result changed';
  /** Empty if unknown. */
  readonly manager: string;
  readonly time: string;
}

export function savePlan({ desired, digest, objects, prune }: DeploymentPlan, cluster: string): SavedPlan {
  return {
    version: 1,
    deployment: desired.name,
    cluster,
    digest,
    made: new Date().toISOString(),
    objects: objects.map(savedObject),
    unlisted: prune.map(({ name }) => name).sort(),
  };
}

function savedObject({ name, action, live, result }: PlannedObject): SavedObject {
  return {
    name,
    action,
    ...(live && { resourceVersion: live.metadata.resourceVersion }),
    result: result.kind === 'result' ? hash(canonicalJson(asJson(statedPart(result.object)))) : result.kind,
    fields: live === undefined ? {} : fieldHashes(live),
  };
}

function fieldHashes(object: KubernetesObject): Record<string, string> {
  return Object.fromEntries(leaves(asJson(statedPart(object)), ''));
}

function leaves(value: Json | undefined, path: string): [path: string, hash: string][] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((item: Json, index) => leaves(item, `${path}[${nameOf(item) ?? index}]`));
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, each]) =>
      leaves(each, path === '' ? key : pathOf(path, keyStep(key).replace(/^\./, ''))),
    );
  return [[path, hash(canonicalJson(value))]];
}

function nameOf(item: Json): string | undefined {
  const name =
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? (item as { name?: Json }).name
      : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The changes in the cluster since a plan was saved. The status of objects is ignored. */
export function planDrift(saved: SavedPlan, plan: DeploymentPlan): PlanDrift[] {
  const before = new Map(saved.objects.map((each) => [each.name, each]));
  const objects = plan.objects.flatMap((planned) => {
    const old = before.get(planned.name);
    return old === undefined ? [] : objectDrift(old, planned);
  });
  const prune = plan.prune
    .filter(({ name }) => !saved.unlisted.includes(name))
    .map(({ name }) => ({ object: name, path: '', what: 'created' as const, manager: '', time: '' }));
  return [...objects, ...prune];
}

function objectDrift(old: SavedObject, planned: PlannedObject): PlanDrift[] {
  const { name: object, live } = planned;
  const whole = { object, path: '', manager: '', time: '' };
  if (live === undefined) return old.resourceVersion === undefined ? [] : [{ ...whole, what: 'deleted' }];
  if (old.resourceVersion === undefined) return [{ ...whole, ...lastOwner(live, ''), what: 'created' }];
  if (old.resourceVersion === live.metadata.resourceVersion && old.result === savedObject(planned).result)
    return [];
  const now = fieldHashes(live);
  const paths = [...new Set([...Object.keys(old.fields), ...Object.keys(now)])].sort();
  const changed = paths.flatMap((path): PlanDrift[] => {
    const [was, is] = [old.fields[path], now[path]];
    if (was === is) return [];
    const what = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    return [{ object, path, what, ...lastOwner(live, path) }];
  });
  if (changed.length > 0) return changed;
  // The object is unchanged, but the dry run has another result: a default or an admission webhook changed.
  return old.result === savedObject(planned).result ? [] : [{ ...whole, what: 'result changed' }];
}

function lastOwner(live: KubernetesObject, path: string): Pick<PlanDrift, 'manager' | 'time'> {
  const owners = path === '' ? ownersOf(live, 'metadata') : ownersOf(live, path);
  const own = owners.length > 0 ? owners : ownersOf(live, parentOf(path));
  return { manager: own[0]?.manager ?? '', time: own[0]?.time ?? '' };
}

/** A removed field has no owner: the last manager of the parent field is reported instead. */
function parentOf(path: string): string {
  return path.replace(/(\.[^.[\]]+|\[[^\]]*\])$/, '');
}

/** @throws OperationError if the file can't be read or is not a saved plan */
export function readPlan(file: string): SavedPlan {
  const wayOut = `npx honeydue plan --out ${file} writes a plan.`;
  let plan: SavedPlan;
  try {
    plan = JSON.parse(readFileSync(file, 'utf8')) as SavedPlan;
  } catch (error) {
    throw new OperationError(`${file} can't be read as a plan: ${(error as Error).message}. ${wayOut}`);
  }
  if (plan.version === 1 && Array.isArray(plan.objects) && typeof plan.digest === 'string') return plan;
  throw new OperationError(`${file} is not a plan of version 1. ${wayOut}`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function asJson(object: KubernetesObject): Json {
  return object as unknown as Json;
}

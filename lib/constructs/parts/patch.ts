import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Json, JsonMap } from '../../documents/kubernetes';
import { didYouMean } from '../../documents/nearest';
import type { ObjectOf } from '../../kubernetes/kinds';
import { type PatchedPlace, strategicMerge } from '../../kubernetes/lifecycle/strategic-merge';
import { type PropProblem, refuse } from '../props-error';
import type { PropSteps } from './provenance';

/** The kind of each object that constructs create, by the property of the construct that has the object. */
export interface PatchableKinds {
  readonly deployment: 'Deployment';
  readonly statefulSet: 'StatefulSet';
  readonly cronJob: 'CronJob';
  readonly job: 'Job';
  readonly service: 'Service';
  readonly serviceAccount: 'ServiceAccount';
  readonly disruptionBudget: 'PodDisruptionBudget';
  readonly autoscaler: 'HorizontalPodAutoscaler';
  readonly claim: 'PersistentVolumeClaim';
}

export type PatchableName = keyof PatchableKinds;

/** A strategic merge patch: any part of the value; `null` removes a field, and `$patch: delete` an item of a list. */
export type StrategicPatch<Value> = Value extends readonly (infer Item)[]
  ? readonly StrategicPatch<Item>[]
  : Value extends object
    ? { readonly [Field in keyof Value]?: StrategicPatch<Value[Field]> | null } & {
        readonly $patch?: 'delete' | 'replace' | 'merge';
      }
    : Value;

/**
 * Patches for fields that have no prop, by the property of the construct that has the object. A patch is
 * applied after the construct has created its objects. Lists are merged by Kubernetes' merge keys, as in
 * `kubectl patch --type strategic`. The compiler and `npx honeydue check` report a misspelt field;
 * `app.synth()` does not.
 */
export type ObjectPatches<Names extends PatchableName> = {
  readonly [Name in Names]?: StrategicPatch<ObjectOf<PatchableKinds[Name]>>;
};

interface PatchRecord {
  readonly patch: Json;
  readonly props: object;
  readonly path: PropSteps;
}

const records = new WeakMap<ApiObject, PatchRecord>();

/** Fields that identify an object. */
const identity = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'];

type Patchable = Construct & { readonly [Name in PatchableName]?: ApiObject | undefined };

/**
 * Merges the prop `patch` into the objects of a construct.
 *
 * @throws PropsError for an object that the construct does not create, a changed name, or a directive that is
 * not supported
 */
export function patchObjects(
  construct: Patchable,
  props: { readonly patch?: ObjectPatches<PatchableName> },
): void {
  const { patch = {} } = props;
  const problems: PropProblem[] = [];
  for (const [name, each] of Object.entries(patch)) {
    const path = ['patch', name];
    const object = construct[name as PatchableName];
    if (object === undefined) problems.push({ path, message: noObject(construct, name) });
    else if (typeof each !== 'object' || Array.isArray(each))
      problems.push({
        path,
        message: `is ${JSON.stringify(each)}; it must be a map with fields of the object`,
      });
    else problems.push(...applyPatch(object, { patch: each as unknown as Json, props, path }));
  }
  refuse(construct, props, problems);
}

function noObject(construct: Patchable, name: string): string {
  const names = Object.keys(construct)
    .filter((key) => construct[key as PatchableName] instanceof ApiObject)
    .sort();
  return `patches an object that the construct does not have${didYouMean(name, names) || `; its objects are ${names.join(', ')}`}`;
}

function applyPatch(object: ApiObject, record: PatchRecord): PropProblem[] {
  const toJson = object.toJson.bind(object);
  const { places, problems } = strategicMerge(toJson() as Json, record.patch);
  records.set(object, record);
  // cdk8s' own patches are not used: after such a patch, the classes of cdk8s drop unknown fields and lose
  // quantities.
  object.toJson = () => patchedJson(object, toJson() as JsonMap);
  return [
    ...problems.map(({ from, message }) => ({ path: [...record.path, ...from], message })),
    ...places
      .filter(({ at }) => identity.includes(at.join('.')))
      .map(({ from }) => ({
        path: [...record.path, ...from],
        message: 'changes a field that identifies the object; remove it',
      })),
  ];
}

/** An object with its patch applied, if it has one. */
export function patchedJson<Value extends JsonMap>(object: ApiObject, json: Value): Value {
  const record = records.get(object);
  return record === undefined ? json : (strategicMerge(json, record.patch).value as Value);
}

/**
 * Finds the prop that patches a field of an object. Returns the props object with that prop, and the prop's path
 * in it. Undefined for a field without a patch.
 */
export function patchOf(
  object: ApiObject,
  field: PropSteps,
): { readonly props: object; readonly steps: PropSteps } | undefined {
  const record = records.get(object);
  if (record === undefined) return undefined;
  const json = (Object.getPrototypeOf(object) as ApiObject).toJson.call(object) as Json;
  const place = nearestPlace(strategicMerge(json, record.patch).places, field);
  return place && { props: record.props, steps: [...record.path, ...place] };
}

/**
 * The path of the patch entry that sets the field or a parent of the field, or else of the first entry below
 * the field.
 */
function nearestPlace(places: readonly PatchedPlace[], field: PropSteps): PropSteps | undefined {
  const above = places
    .filter(({ at }) => at.every((step, index) => step === field[index]))
    .sort((a, b) => b.at.length - a.at.length)[0];
  if (above !== undefined) return [...above.from, ...field.slice(above.at.length)];
  return places.find(({ at }) => field.every((step, index) => step === at[index]))?.from;
}

import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Json, JsonMap } from '../../documents/kubernetes';
import { didYouMean } from '../../documents/nearest';
import type { ObjectOf } from '../../kubernetes/kinds';
import { type PatchedPlace, strategicMerge } from '../../kubernetes/lifecycle/strategic-merge';
import { type PropProblem, refuse } from '../props-error';
import type { PropSteps } from './provenance';

/** The kind of each object that constructs make, by the name of the construct's property. */
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
 * Patches of a construct's objects, by the names of its properties, for fields that have no prop. They are
 * merged by Kubernetes' merge
 * keys, as `kubectl patch --type strategic` does, after the construct has made its objects.
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
 * @throws PropsError for an object that the construct doesn't have, a changed name, and directives that are not supported
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
  return `patches an object that the construct does not have${didYouMean(name, names) || `; it has ${names.join(', ')}`}`;
}

function applyPatch(object: ApiObject, record: PatchRecord): PropProblem[] {
  const toJson = object.toJson.bind(object);
  const { places, problems } = strategicMerge(toJson() as Json, record.patch);
  records.set(object, record);
  // cdk8s' own patches are not used: its kinds drop unknown fields after them, and quantities are lost.
  object.toJson = () => patchedJson(object, toJson() as JsonMap);
  return [
    ...problems.map(({ from, message }) => ({ path: [...record.path, ...from], message })),
    ...places
      .filter(({ at }) => identity.includes(at.join('.')))
      .map(({ from }) => ({
        path: [...record.path, ...from],
        message: 'changes the name of the object; remove it',
      })),
  ];
}

/** An object with its patch applied, if it has one. */
export function patchedJson<Value extends JsonMap>(object: ApiObject, json: Value): Value {
  const record = records.get(object);
  return record === undefined ? json : (strategicMerge(json, record.patch).value as Value);
}

/**
 * The prop that patches a field of an object, and the props that contain it; undefined for a field without a
 * patch.
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

/** The part of the patch at the field or above it; otherwise the first part below it. */
function nearestPlace(places: readonly PatchedPlace[], field: PropSteps): PropSteps | undefined {
  const above = places
    .filter(({ at }) => at.every((step, index) => step === field[index]))
    .sort((a, b) => b.at.length - a.at.length)[0];
  if (above !== undefined) return [...above.from, ...field.slice(above.at.length)];
  return places.find(({ at }) => field.every((step, index) => step === at[index]))?.from;
}

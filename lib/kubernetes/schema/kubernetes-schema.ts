import later from '../../../imports/crds/later-fields.json';
import custom from '../../../imports/crds/schema.json';
import kubernetes from '../../../imports/kubernetes/schema.json';
import served from '../../../imports/kubernetes/served.json';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { nearest } from '../../documents/nearest';
import { groupOf, isKnownGroup, knownGroups } from '../objects/groups';
import { stepsOf, valueAtSteps } from '../path';
import { list, mapOf, oneWordOf, range, scalars } from './schema-values';
import { type Check, isObject, Walk } from './schema-walk';
import type { Violation } from './violation';

/** The fields of an object type by their JSON names. */
interface FieldChecks {
  readonly checks: ReadonlyMap<string, Check>;
  readonly required: readonly string[];
}

type FieldTypes = Readonly<Record<string, string>>;

const kinds = new Map<string, FieldTypes>(
  [kubernetes, custom].flatMap((table): [string, FieldTypes][] => Object.entries(table.kinds)),
);
const types: Readonly<Record<string, FieldTypes>> = { ...kubernetes.types, ...custom.types };

/** Built-in kinds. */
const servedKinds: ReadonlySet<string> = new Set(served.kinds);

/** Groups whose kinds moved to other groups. No API server serves them any more. */
const formerGroups: ReadonlySet<string> = new Set(['extensions', 'traefik.containo.us']);

/**
 * Validates an object against the schema of the cluster's Kubernetes version or of its CustomResourceDefinition:
 * unknown, missing and wrongly typed fields, and invalid quantities. cdk8s and the API server may drop unknown fields
 * without an error, so a pod with a misspelt `securityContext` would run without one.
 *
 * Enum values and ranges are only checked for custom kinds: `imagePullPolicy: Allways` passes, and so do violations
 * that involve several fields; rules check those. Values of Secrets and of environment variables are not printed.
 *
 * @returns all violations in the order of the fields, with the id of the rule: fields that the API server drops
 * without an error are `dropped-fields`, unknown kinds are `missing-schema`
 */
export function checkSchema(object: KubernetesObject): Violation[] {
  return walkObject(object).violations;
}

/**
 * Holds a part of a Pod against the schema of its type.
 *
 * @param type such as `Affinity`, or `Toleration[]`
 * @param at where a Pod has it
 */
export function checkPart(
  type: string,
  at: readonly string[],
  value: Json,
): { readonly steps: Steps; readonly message: string }[] {
  const walk = new Walk({ apiVersion: 'v1', kind: 'Pod', metadata: { name: '' } });
  walk.path.push(...at);
  checkOf(type)(value, walk);
  return walk.violations.map(({ path, message }) => ({ steps: stepsOf(path).slice(at.length), message }));
}

/** The kind of an object if its apiVersion has a schema. */
export function knownKind({ apiVersion, kind }: KubernetesObject): string | undefined {
  return kinds.has(`${apiVersion}/${kind}`) ? kind : undefined;
}

/** Whether an object has a custom kind without a schema here. Its controller decides what it does. */
export function isOfOthers({ apiVersion }: KubernetesObject): boolean {
  return !isKnownGroup(groupOf(apiVersion));
}

/** The result of a validation. */
export interface Inspection {
  readonly violations: readonly Violation[];
  /**
   * The object with corrected values, so that rules can rely on their types. A value whose intended meaning is
   * unknown is removed, with the list that contains it, and so are nulls. It is the object itself if there are no
   * violations.
   */
  readonly sound: KubernetesObject;
  /** Paths of removed values. */
  readonly unread: readonly Steps[];
}

type Steps = readonly (string | number)[];

/** Validates an object, and corrects or removes values with a wrong type. */
export function inspectSchema(object: KubernetesObject): Inspection {
  const { violations, mistyped, dropped } = walkObject(object);
  if (mistyped.length === 0 && dropped.length === 0) return { violations, sound: object, unread: [] };
  const sound = structuredClone(object);
  const parentOf = (path: Steps) => valueAtSteps(sound, path.slice(0, -1)) as object;
  for (const { path, meant } of mistyped)
    if (meant !== undefined) Reflect.set(parentOf(path), path.at(-1) ?? '', meant);
  const unread = mistyped.flatMap(({ path, meant }) => (meant === undefined ? [withoutIndexes(path)] : []));
  for (const path of [...dropped, ...unread]) {
    const parent = parentOf(path);
    if (parent !== undefined) Reflect.deleteProperty(parent, path.at(-1) ?? '');
  }
  return { violations, sound, unread };
}

/** The whole list is removed: without one item, the other items would have other indexes. */
function withoutIndexes(path: Steps): Steps {
  return path.slice(0, path.findLastIndex((step) => typeof step === 'string') + 1);
}

function walkObject(object: KubernetesObject): Walk {
  const walk = new Walk(object);
  const kind = `${object.apiVersion}/${object.kind}`;
  if (kinds.has(kind)) {
    checkFields(object, kind, walk);
  } else {
    reportKind(object, walk);
    walk.enter('metadata', object.metadata as Json, checkOf('ObjectMeta'));
  }
  return walk;
}

/** Cache of the compiled checks by type name. A check is compiled when it is first needed. */
const checks = new Map<string, Check>(scalars);

function checkOf(type: string): Check {
  let check = checks.get(type);
  if (check === undefined) {
    const [, generic, of = ''] = type.match(/(map|enum|integer)<(.+)>/) ?? [];
    if (type.endsWith('[]')) check = list(checkOf(type.slice(0, -2)));
    else if (generic === 'map') check = mapOf(checkOf(of));
    else if (generic === 'enum') check = oneWordOf(of.split('|'));
    else if (generic === 'integer') check = range(of);
    else check = (nested, walk) => checkFields(nested, type, walk);
    checks.set(type, check);
  }
  return check;
}

const identity = ['apiVersion', 'kind'].map((field): [string, Check] => [field, checkOf('string')]);

const fieldsByType = new Map<string, FieldChecks>();

function fieldsOf(type: string): FieldChecks {
  let fields = fieldsByType.get(type);
  if (fields === undefined) {
    const entries = Object.entries(kinds.get(type) ?? types[type] ?? {});
    const required = entries.filter(([name]) => name.endsWith('!')).map(([name]) => name.slice(0, -1));
    const all = entries.map(([name, of]): [string, Check] => [name.replace('!', ''), checkOf(of)]);
    // An embedded object, such as a volumeClaimTemplate, may have apiVersion and kind.
    const own: [string, Check][] = /^Kube\w+Props$/.test(type) ? [...identity] : [];
    fields = { checks: new Map([...all, ...own]), required };
    fieldsByType.set(type, fields);
  }
  return fields;
}

function checkFields(value: Json | KubernetesObject, type: string, walk: Walk): void {
  if (!isObject(value)) {
    walk.reportValue(value, `is not an object (${type})`);
    return;
  }
  const fields = fieldsOf(type);
  // The API server refuses a null in a custom resource unless its schema allows it.
  const isCustom = type in custom.types || type in custom.kinds;
  for (const name of Object.keys(value)) {
    const field = value[name];
    if (field === undefined) continue;
    const check = fields.checks.get(name);
    if (check === undefined && laterFields[type]?.includes(name)) reportLater(name, walk);
    else if (check === undefined) reportUnknown(name, type, walk);
    else if (field === null && !isCustom && !fields.required.includes(name)) walk.drop(name);
    else walk.enter(name, field, check);
  }
  for (const name of fields.required) {
    if (value[name] === undefined) walk.report(`${name} is missing; ${type} requires it`, name);
  }
}

/** The cluster may have a later release than the known schema. */
const laterFields: Readonly<Record<string, readonly string[]>> = later.fields;

function reportLater(name: string, walk: Walk): void {
  walk.report(
    `${name} is a field of ${later.release}, which is later than the schema known here: the CustomResourceDefinition of an older release refuses it, and its value is not checked.`,
    name,
    'missing-schema',
  );
}

function reportUnknown(name: string, type: string, walk: Walk): void {
  if (name === 'status' && walk.path.length === 0) {
    walk.report('only the cluster writes status. Remove it.', name, 'dropped-fields');
    return;
  }
  const near = nearest(name, [...fieldsOf(type).checks.keys()]);
  const place = [walk.object.kind.toLowerCase(), ...walk.path.filter((key) => typeof key === 'string')];
  // Only a part of a custom kind may be known here, so another field may be right for the cluster.
  const others =
    type in custom.types
      ? 'imports/crds lists the known fields.'
      : `\`kubectl explain ${place.join('.')}\` lists them.`;
  const wayOut = near === undefined ? others : `Did you mean ${near}?`;
  walk.report(`${name} is not a field of ${type}. ${wayOut}`, name);
}

function reportKind({ apiVersion, kind }: KubernetesObject, walk: Walk): void {
  const known = [...kinds.keys()].map((each) => each.split(/\/(?=[^/]*$)/));
  const group = groupOf(apiVersion);
  const right = known.find(([, name]) => name === kind)?.[0];
  const isNear = right !== undefined && nearest(group, knownGroups) !== undefined;
  const isOthers = !isNear && !isKnownGroup(group) && !formerGroups.has(group);
  if (isOthers || servedKinds.has(`${apiVersion}/${kind}`)) {
    const message = `there is no schema for ${apiVersion} ${kind}: its fields are not checked`;
    walk.report(message, 'kind', 'missing-schema');
    return;
  }
  if (right !== undefined) {
    walk.report(`${apiVersion} has no kind ${kind}. Write apiVersion: ${right}.`, 'apiVersion');
    return;
  }
  const near = nearest(
    kind,
    known.map(([, name = '']) => name),
  );
  const wayOut = near === undefined ? '' : ` Did you mean ${near}?`;
  walk.report(`${apiVersion} has no kind ${kind}.${wayOut}`, 'kind');
}

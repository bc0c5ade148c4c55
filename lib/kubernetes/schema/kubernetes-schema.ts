import later from '../../../imports/crds/later-fields.json';
import custom from '../../../imports/crds/schema.json';
import kubernetes from '../../../imports/kubernetes/schema.json';
import served from '../../../imports/kubernetes/served.json';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { nearest } from '../../documents/nearest';
import { groupOf, isKnownGroup, knownGroups } from '../objects/groups';
import { valueAtSteps } from '../path';
import { list, mapOf, oneWordOf, range, scalars } from './schema-values';
import { type Check, isObject, Walk } from './schema-walk';
import type { Violation } from './violation';

/** An object type's fields, by their JSON names. */
interface FieldChecks {
  readonly checks: ReadonlyMap<string, Check>;
  readonly required: readonly string[];
}

type FieldTypes = Readonly<Record<string, string>>;

const kinds = new Map<string, FieldTypes>(
  [kubernetes, custom].flatMap((table): [string, FieldTypes][] => Object.entries(table.kinds)),
);
const types: Readonly<Record<string, FieldTypes>> = { ...kubernetes.types, ...custom.types };

/** What the API server itself serves. */
const servedKinds: ReadonlySet<string> = new Set(served.kinds);

/** Groups whose kinds have moved: nothing serves them any more. */
const formerGroups: ReadonlySet<string> = new Set(['extensions', 'traefik.containo.us']);

/**
 * Holds one object against the schema of the cluster's Kubernetes version, or of its CustomResourceDefinition:
 * unknown fields, missing and wrongly typed ones, quantities that don't parse. cdk8s drops unknown fields silently
 * and the API server may do so too, so a misspelt `securityContext` would otherwise be a pod without one.
 *
 * Allowed words and ranges are known of custom kinds alone: `imagePullPolicy: Allways` passes. So do schemas' rules
 * across fields: rules have to know those. What a Secret holds, or a container is given, is not quoted.
 *
 * @returns every violation of the object, in the order of its fields, each with the rule that it breaks: what the API
 *   server drops and refuses nothing for (`dropped-fields`), and a kind of which nothing is known (`missing-schema`), are told apart
 */
export function checkSchema(object: KubernetesObject): Violation[] {
  return walkObject(object).violations;
}

/** The kind of an object if its apiVersion has a schema. */
export function knownKind({ apiVersion, kind }: KubernetesObject): string | undefined {
  return kinds.has(`${apiVersion}/${kind}`) ? kind : undefined;
}

/** Whether an object is of a kind that neither the API server has by itself nor any schema here: a controller decides what it does. */
export function isOfOthers({ apiVersion }: KubernetesObject): boolean {
  return !isKnownGroup(groupOf(apiVersion));
}

/** What the schema says of an object. */
export interface Inspection {
  readonly violations: readonly Violation[];
  /**
   * The object as it was probably meant: what reads it can trust its types. Where nothing is known to be meant, a value of a wrong
   * type is left out, with the list that it is an item of, and so is what is null. The object itself where all is right.
   */
  readonly sound: KubernetesObject;
  /** The places of what was left out for its type. */
  readonly unread: readonly Steps[];
}

type Steps = readonly (string | number)[];

/** Holds an object against its schema, and mends or takes out what has a wrong type. */
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

/** An item leaves with its list: without it, the others would have other places. */
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

/** The checks made so far, by the table's name of the type. Each is made when a value first needs it. */
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
    // An object within another, as a claim's template, may say what it is.
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
  // Of custom kinds the API server refuses a null where their schema doesn't say that it may stand there.
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

/** The cluster may have a later release than the one whose schema is known. */
const laterFields: Readonly<Record<string, readonly string[]>> = later.fields;

function reportLater(name: string, walk: Walk): void {
  walk.report(
    `${name} is a field of ${later.release}, and not yet of the release whose schema is known here: an older release's CustomResourceDefinition refuses it, and its value is not checked.`,
    name,
    'missing-schema',
  );
}

function reportUnknown(name: string, type: string, walk: Walk): void {
  if (name === 'status' && walk.path.length === 0) {
    walk.report('status is written by the cluster alone. Leave it out.', name, 'dropped-fields');
    return;
  }
  const near = nearest(name, [...fieldsOf(type).checks.keys()]);
  const place = [walk.object.kind.toLowerCase(), ...walk.path.filter((key) => typeof key === 'string')];
  // Of a custom kind only a part is known here: another field may be right for the cluster.
  const others =
    type in custom.types
      ? 'imports/crds has those that are known.'
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
    const message = `of ${apiVersion} ${kind} no schema is known here: its fields are held against nothing`;
    walk.report(message, 'kind', 'missing-schema');
    return;
  }
  if (right !== undefined) {
    walk.report(`${apiVersion} has no ${kind} that is known here. Write apiVersion: ${right}.`, 'apiVersion');
    return;
  }
  const near = nearest(
    kind,
    known.map(([, name = '']) => name),
  );
  const wayOut = near === undefined ? '' : ` Did you mean ${near}?`;
  walk.report(`${apiVersion} serves no ${kind} that is known here.${wayOut}`, 'kind');
}

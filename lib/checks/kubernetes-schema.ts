import custom from '../../imports/crds/schema.json';
import kubernetes from '../../imports/kubernetes/schema.json';
import { describeObject, type Json, type KubernetesObject } from '../documents/kubernetes';
import { nearest } from '../documents/nearest';
import { isQuantity, nearestQuantity } from '../documents/quantity';
import { valueAtSteps } from './path';
import { namesSecret } from './secrecy';
import type { Violation } from './violation';

type JsonObject = { readonly [key: string]: Json | undefined };

/** Looks at the value at the walk's current place and reports there what is wrong with it. */
type Check = (value: Json, walk: Walk) => void;

/** An object type's fields, by their JSON names. */
interface Fields {
  readonly checks: ReadonlyMap<string, Check>;
  readonly required: readonly string[];
}

type FieldTypes = Readonly<Record<string, string>>;

const kinds = new Map<string, FieldTypes>(
  [kubernetes, custom].flatMap((table): [string, FieldTypes][] => Object.entries(table.kinds)),
);
const types: Readonly<Record<string, FieldTypes>> = { ...kubernetes.types, ...custom.types };

/**
 * Holds one object against the schema of the cluster's Kubernetes version, or of its CustomResourceDefinition:
 * unknown fields, missing and wrongly typed ones, quantities that don't parse. cdk8s drops unknown fields silently
 * and the API server may do so too, so a misspelt `securityContext` would otherwise be a pod without one.
 *
 * Allowed words and ranges are known of custom kinds alone: `imagePullPolicy: Allways` passes. So do schemas' rules
 * across fields: rules have to know those. What a Secret holds, or a container is given, is not quoted.
 *
 * @returns every violation of the object, in the order of its fields; a kind without a schema is one violation
 */
export function checkSchema(object: KubernetesObject): Violation[] {
  return walkObject(object).violations;
}

/** The kind of an object if its apiVersion has a schema. */
export function knownKind({ apiVersion, kind }: KubernetesObject): string | undefined {
  return kinds.has(`${apiVersion}/${kind}`) ? kind : undefined;
}

/** What the schema says of an object. */
export interface Inspection {
  readonly violations: readonly Violation[];
  /**
   * The object without the values that have a wrong type, and without the lists that have a wrong item: what reads it
   * can trust its types. The object itself where all is right.
   */
  readonly sound: KubernetesObject;
}

/** Holds an object against its schema, and takes out what nobody could read. */
export function inspectSchema(object: KubernetesObject): Inspection {
  const { violations, mistyped } = walkObject(object);
  return { violations, sound: mistyped.length === 0 ? object : without(object, mistyped) };
}

function without(
  object: KubernetesObject,
  paths: readonly (readonly (string | number)[])[],
): KubernetesObject {
  const copy = structuredClone(object);
  for (const path of paths) {
    const end = path.findIndex((step) => typeof step === 'number');
    const steps = end === -1 ? path : path.slice(0, end);
    Reflect.deleteProperty(valueAtSteps(copy, steps.slice(0, -1)) as object, steps.at(-1) ?? '');
  }
  return copy;
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

/** Where the check is in the object, and what it has found: one for each object. */
class Walk {
  readonly violations: Violation[] = [];
  /** The places of values that have a wrong type. */
  readonly mistyped: (string | number)[][] = [];
  readonly path: (string | number)[] = [];

  constructor(readonly object: KubernetesObject) {}

  /** Checks a value one step further in; `key` is a field, a key of a map, or an index. */
  enter(key: string | number, value: Json, check: Check): void {
    this.path.push(key);
    check(value, this);
    this.path.pop();
  }

  /** Reports a violation at the current place, or at a field of it. */
  report(message: string, field?: string): void {
    const [first = '', ...rest] = field === undefined ? this.path : [...this.path, field];
    const path = rest.reduce<string>((head, key) => {
      return typeof key === 'string' && /^[\w-]+$/.test(key)
        ? `${head}.${key}`
        : `${head}[${JSON.stringify(key)}]`;
    }, String(first));
    this.violations.push({ rule: 'kubernetes-schema', object: describeObject(this.object), path, message });
  }

  /** Reports a value of the wrong type; `wayOut` is what to write instead. What may be secret isn't quoted. */
  reportValue(value: Json, problem: string, wayOut?: string): void {
    this.mistyped.push([...this.path]);
    if (value === null) {
      this.report(`null ${problem}. Give it a value, or leave it out.`);
    } else if (this.object.kind === 'Secret' && ['data', 'stringData'].includes(String(this.path[0]))) {
      this.report(`the value (hidden, because it is a Secret's) ${problem}`);
    } else if (this.mayBeSecret(value)) {
      this.report(`the value (hidden, because it may be a secret) ${problem}`);
    } else {
      this.report([`${abbreviate(JSON.stringify(value))} ${problem}`, wayOut].filter(Boolean).join('. '));
    }
  }

  /** What a container is given; of numbers and switches, those that are called like a secret. */
  private mayBeSecret(value: Json): boolean {
    const holder = this.path.findLastIndex((step) => ['env', 'args', 'command'].includes(String(step)));
    const name = valueAtSteps(this.object, [...this.path.slice(0, holder + 2), 'name']);
    const isPlain = typeof value === 'number' || typeof value === 'boolean';
    return holder !== -1 && !(isPlain && !namesSecret(String(name)));
  }
}

const integer = /^-?(0|[1-9]\d*)$/;

/** The checks made so far, by the table's name of the type. Each is made when a value first needs it. */
const checks = new Map<string, Check>([
  ['any', () => {}],
  ['string', scalar('a string', (value) => typeof value === 'string', quoted)],
  ['boolean', scalar('true or false', (value) => typeof value === 'boolean', unquoted(/^(true|false)$/))],
  ['integer', scalar('an integer', Number.isSafeInteger, unquoted(integer))],
  ['int-or-string', scalar('an integer or a string such as "25%"', isIntOrString)],
  ['quantity', scalar('a quantity such as 250m, 1.5 or 512Mi', isQuantity, meantQuantity)],
  ['time', scalar('a time such as "2026-01-31T12:00:00Z"', isTime)],
]);

function checkOf(type: string): Check {
  let check = checks.get(type);
  if (check === undefined) {
    const [, generic, of = ''] = type.match(/^(map|enum|integer)<(.+)>$/) ?? [];
    if (type.endsWith('[]')) check = list(checkOf(type.slice(0, -2)));
    else if (generic === 'map') check = mapOf(checkOf(of));
    else if (generic === 'enum') check = oneOf(of.split('|'));
    else if (generic === 'integer') check = range(of);
    else check = (nested, walk) => checkFields(nested, type, walk);
    checks.set(type, check);
  }
  return check;
}

/** `wayOut` tells what was probably meant by a value that isn't accepted, if that can be told. */
function scalar(
  expected: string,
  accepts: (value: Json) => boolean,
  wayOut?: (value: Json) => string | undefined,
): Check {
  return (value, walk) => {
    if (!accepts(value)) walk.reportValue(value, `is not ${expected}`, wayOut?.(value));
  };
}

function quoted(value: Json): string | undefined {
  return typeof value === 'number' || typeof value === 'boolean'
    ? `Write "${value}", with quotes.`
    : undefined;
}

function unquoted(literal: RegExp): (value: Json) => string | undefined {
  return (value) =>
    typeof value === 'string' && literal.test(value) ? `Write ${value}, without quotes.` : undefined;
}

function meantQuantity(value: Json): string | undefined {
  const near = typeof value === 'string' ? nearestQuantity(value) : undefined;
  return near && `Did you mean ${near}?`;
}

function oneOf(words: readonly string[]): Check {
  return scalar(
    words.join(' or '),
    (value) => words.some((word) => word === value),
    (value) => {
      const near = typeof value === 'string' ? nearest(value, words) : undefined;
      return near && `Did you mean ${near}?`;
    },
  );
}

/** A range as the table has it: `0..`, `100..599`. */
function range(text: string): Check {
  const [least = '', most = ''] = text.split('..');
  const accepts = (value: Json): boolean =>
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    (least === '' || value >= Number(least)) &&
    (most === '' || value <= Number(most));
  const bounds = [least && `at least ${least}`, most && `at most ${most}`].filter(Boolean).join(' and ');
  return scalar(`an integer of ${bounds}`, accepts, unquoted(integer));
}

function list(item: Check): Check {
  return (value, walk) => {
    if (!isList(value)) {
      walk.reportValue(value, 'is not a list');
      return;
    }
    for (const [index, each] of value.entries()) walk.enter(index, each, item);
  };
}

function mapOf(item: Check): Check {
  return (value, walk) => {
    if (!isObject(value)) {
      walk.reportValue(value, 'is not a map');
      return;
    }
    for (const key of Object.keys(value)) {
      const each = value[key];
      if (each !== undefined) walk.enter(key, each, item);
    }
  };
}

const fieldsByType = new Map<string, Fields>();

function fieldsOf(type: string): Fields {
  let fields = fieldsByType.get(type);
  if (fields === undefined) {
    const entries = Object.entries(kinds.get(type) ?? types[type] ?? {});
    const required = entries.filter(([name]) => name.endsWith('!')).map(([name]) => name.slice(0, -1));
    fields = { checks: new Map(entries.map(([name, of]) => [name.replace('!', ''), checkOf(of)])), required };
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
  for (const name of Object.keys(value)) {
    const field = value[name];
    if (field === undefined) continue;
    const check = fields.checks.get(name);
    if (check === undefined) reportUnknown(name, type, walk);
    else walk.enter(name, field, check);
  }
  for (const name of fields.required) {
    if (value[name] === undefined) walk.report(`${name} is missing; ${type} requires it`, name);
  }
}

function reportUnknown(name: string, type: string, walk: Walk): void {
  if (name === 'status' && walk.path.length === 0) {
    walk.report('status is written by the cluster alone. Leave it out.', name);
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
  const right = known.find(([, name]) => name === kind)?.[0];
  if (right !== undefined) {
    walk.report(`${apiVersion} has no ${kind} that is known here. Write apiVersion: ${right}.`, 'apiVersion');
    return;
  }
  const near = nearest(
    kind,
    known.map(([, name = '']) => name),
  );
  const wayOut =
    near === undefined
      ? 'Add the kind to imports/kubernetes/generate.ts, or its CRD to imports/crds, and run npm run imports.'
      : `Did you mean ${near}?`;
  walk.report(`there is no schema for ${apiVersion} ${kind}. ${wayOut}`, 'kind');
}

function isIntOrString(value: Json): boolean {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

/** RFC 3339, as Kubernetes' Time and MicroTime are written. */
function isTime(value: Json): boolean {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return false;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | KubernetesObject): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function abbreviate(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

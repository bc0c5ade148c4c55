import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { nearest } from '../../documents/nearest';
import { groupOf, isKnownGroup, knownGroups, servesKind } from '../objects/groups';
import { stepsOf, valueAtSteps } from '../path';
import type { ClusterRelease } from '../release/cluster-release';
import { fieldsOfType, isCustomType, originOf, schemaKinds } from './field-table';
import { absentField, unservedKind } from './other-releases';
import { enumCheck, list, mapOf, oneValueOf, range, scalars } from './schema-values';
import { type Check, isObject, Walk } from './schema-walk';
import type { Violation } from './violation';

/** The checks of an object type's fields, by JSON name. */
interface FieldChecks {
  readonly checks: ReadonlyMap<string, Check>;
  readonly required: readonly string[];
  /** By field: the message if this release does not have the field, but another release does. */
  readonly absent: ReadonlyMap<string, string>;
}

/** API groups that no longer exist: their kinds moved to other groups. */
const formerGroups: ReadonlySet<string> = new Set(['extensions', 'traefik.containo.us']);

/**
 * Validates an object against the schema of a Kubernetes release, or of the object's CustomResourceDefinition:
 * unknown, missing and wrongly typed fields, invalid quantities, and enum values. Without this check, cdk8s or the
 * API server may drop an unknown field silently: a pod with a misspelt `securityContext` would run without one.
 *
 * Violations that involve several fields are not found here; rules check those. Values of Secrets and of environment
 * variables are not printed.
 *
 * @param release the versions that the cluster runs. By default, a field or value of any known release is valid
 * @returns all violations in the order of the fields, each with the id of its rule: `dropped-fields` for fields that
 * the API server drops silently, `enum-values` for values that an enum does not have, `missing-schema` for unknown
 * kinds, `schema-validation` for all others
 */
export function checkSchema(object: KubernetesObject, release: ClusterRelease = {}): Violation[] {
  return schemaOf(release).walk(object).violations;
}

/**
 * Checks a part of a Pod against the schema of the part's type.
 *
 * @param type such as `Affinity`, or `Toleration[]`
 * @param at the path of the part in a Pod
 */
export function checkPart(
  type: string,
  at: readonly string[],
  value: Json,
): { readonly steps: Steps; readonly message: string }[] {
  const walk = new Walk({ apiVersion: 'v1', kind: 'Pod', metadata: { name: '' } });
  walk.path.push(...at);
  schemaOf({}).checkOf(type)(value, walk);
  return walk.violations.map(({ path, message }) => ({ steps: stepsOf(path).slice(at.length), message }));
}

/** The kind of an object. Undefined if the object's apiVersion has no schema for the kind. */
export function knownKind({ apiVersion, kind }: KubernetesObject): string | undefined {
  return schemaKinds.has(`${apiVersion}/${kind}`) ? kind : undefined;
}

/**
 * Whether an object has a custom kind of an API group that has no schema here. Only the kind's controller knows what
 * the object means.
 */
export function isOfOthers({ apiVersion }: KubernetesObject): boolean {
  return !isKnownGroup(groupOf(apiVersion));
}

/** The result of a validation. */
export interface Inspection {
  readonly violations: readonly Violation[];
  /**
   * A copy of the object with corrected values, so that rules can rely on the types. A value whose intended meaning
   * is unknown is removed, together with a list that contains the value. A null is removed too. Without such values,
   * this is the object itself.
   */
  readonly sound: KubernetesObject;
  /** Paths of removed values. */
  readonly unread: readonly Steps[];
}

type Steps = readonly (string | number)[];

/** Validates an object, and corrects or removes the values with a wrong type. */
export function inspectSchema(object: KubernetesObject, release: ClusterRelease = {}): Inspection {
  const { violations, mistyped, dropped } = schemaOf(release).walk(object);
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

/**
 * The path of the outermost value to remove: for an item of a list, the whole list, because the other items would
 * otherwise move to other indexes.
 */
function withoutIndexes(path: Steps): Steps {
  return path.slice(0, path.findLastIndex((step) => typeof step === 'string') + 1);
}

const schemas = new Map<string, Schema>();

function schemaOf(release: ClusterRelease): Schema {
  const key = [release.kubernetes, release.helmController, release.traefikChart].join(' ');
  let schema = schemas.get(key);
  if (schema === undefined) {
    schema = new Schema(release);
    schemas.set(key, schema);
  }
  return schema;
}

/** The checks of one release. The check of a type is compiled at its first use. */
class Schema {
  private readonly checks = new Map<string, Check>(scalars);
  private readonly fieldsByType = new Map<string, FieldChecks>();

  constructor(private readonly release: ClusterRelease) {}

  walk(object: KubernetesObject): Walk {
    const walk = new Walk(object);
    const kind = `${object.apiVersion}/${object.kind}`;
    if (schemaKinds.has(kind)) {
      this.checkFields(object, kind, walk);
    } else {
      this.reportKind(object, walk);
      walk.enter('metadata', object.metadata as Json, this.checkOf('ObjectMeta'));
    }
    return walk;
  }

  checkOf(type: string): Check {
    let check = this.checks.get(type);
    if (check === undefined) {
      const [, generic, of = ''] = type.match(/^(map|enum|integer)<(.+)>$/) ?? [];
      if (type.endsWith('[]')) check = list(this.checkOf(type.slice(0, -2)));
      else if (generic === 'map') check = mapOf(this.checkOf(of));
      else if (generic === 'enum') check = oneValueOf(of.split('|'));
      else if (generic === 'integer') check = range(of);
      else check = (nested, walk) => this.checkFields(nested, type, walk);
      this.checks.set(type, check);
    }
    return check;
  }

  private fieldsOf(type: string): FieldChecks {
    let fields = this.fieldsByType.get(type);
    if (fields === undefined) {
      const { known, others } = fieldsOfType(type, this.release);
      const origin = originOf(type, this.release);
      const isCustom = isCustomType(type);
      const checks = new Map<string, Check>();
      for (const [name, { type: of }] of known) {
        const later = others.filter((other) => other.name === name);
        checks.set(name, (!isCustom && enumCheck(of, later, origin)) || this.checkOf(of));
      }
      // An embedded object, such as a volumeClaimTemplate, may have an apiVersion and a kind.
      if (/^Kube\w+Props$/.test(type))
        for (const field of ['apiVersion', 'kind']) checks.set(field, this.checkOf('string'));
      const required = [...known.values()].flatMap(({ name, isRequired }) => (isRequired ? [name] : []));
      const absent = others.filter(({ name }) => !known.has(name));
      fields = {
        checks,
        required,
        absent: new Map(absent.map((field) => [field.name, absentField(field, type, origin)])),
      };
      this.fieldsByType.set(type, fields);
    }
    return fields;
  }

  private checkFields(value: Json | KubernetesObject, type: string, walk: Walk): void {
    if (!isObject(value)) {
      walk.reportValue(value, `is not a map with the fields of ${type}`);
      return;
    }
    const fields = this.fieldsOf(type);
    // In a custom resource, the API server accepts null only if the schema allows it.
    const isCustom = isCustomType(type);
    for (const name of Object.keys(value)) {
      const field = value[name];
      if (field === undefined) continue;
      const check = fields.checks.get(name);
      const absent = fields.absent.get(name);
      if (check === undefined && absent !== undefined) walk.report(absent, name);
      else if (check === undefined) this.reportUnknown(name, type, walk);
      else if (field === null && !isCustom && !fields.required.includes(name)) walk.drop(name);
      else walk.enter(name, field, check);
    }
    for (const name of fields.required) {
      if (value[name] === undefined) walk.report(`${name} is missing; ${type} requires it`, name);
    }
  }

  private reportUnknown(name: string, type: string, walk: Walk): void {
    if (name === 'status' && walk.path.length === 0) {
      walk.report('only the cluster writes status. Remove the field.', name, 'dropped-fields');
      return;
    }
    const near = nearest(name, [...this.fieldsOf(type).checks.keys()]);
    const place = [walk.object.kind.toLowerCase(), ...walk.path.filter((key) => typeof key === 'string')];
    // The schema of a custom kind may be incomplete here, so a field that is unknown here may be valid in the
    // cluster.
    const others = isCustomType(type)
      ? 'imports/crds lists the known fields.'
      : `\`kubectl explain ${place.join('.')}\` lists the fields.`;
    const wayOut = near === undefined ? others : `Did you mean ${near}?`;
    walk.report(`${name} is not a field of ${type}. ${wayOut}`, name);
  }

  private reportKind({ apiVersion, kind }: KubernetesObject, walk: Walk): void {
    const known = [...schemaKinds].map((each) => each.split(/\/(?=[^/]*$)/));
    const group = groupOf(apiVersion);
    const unserved = unservedKind(apiVersion, kind, this.release);
    if (unserved !== undefined) {
      walk.report(unserved, 'apiVersion');
      return;
    }
    const right = known.find(([, name]) => name === kind)?.[0];
    const isNear = right !== undefined && nearest(group, knownGroups) !== undefined;
    const isOthers = !isNear && !isKnownGroup(group) && !formerGroups.has(group);
    if (isOthers || servesKind(apiVersion, kind)) {
      const message = `the fields of ${apiVersion} ${kind} are not checked, because there is no schema for this kind`;
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
}

import type { Json, JsonMap, KubernetesObject } from '../../documents/kubernetes';
import { objectWithoutDefaults } from '../../kubernetes/lifecycle/server-defaults';
import { fieldManager, isByHand, isOurs, ownersOf } from '../cluster/field-owners';
import { isBelow, ownedPaths, statedPaths } from '../cluster/field-paths';
import {
  type FieldSet,
  type LiveObject,
  type ManagedFieldsEntry,
  managedFieldsOf,
} from '../cluster/live-object';

/**
 * Fields that people own through kubectl, and that a server-side apply would therefore not remove. They are handed over
 * to our field manager first, so that the apply removes those that the manifest does not set.
 */
export interface Adoption {
  /** The managers whose fields are handed over. */
  readonly managers: readonly string[];
  /** Fields that the apply removes, because no manifest sets them. */
  readonly removed: readonly string[];
  /** A JSON patch that hands the fields over. */
  readonly patch: readonly JsonMap[];
}

/** Fields that kubectl and the API server maintain. */
const ofTools = [
  'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
  'metadata.labels["kubernetes.io/metadata.name"]',
];

const clientSide = 'kubectl-client-side-apply';

/**
 * What to hand over before an object is applied; undefined if there is nothing. Fields of a client-side apply are
 * always handed over, as kubectl itself does. Fields of other edits are handed over only on the first apply of the
 * object; later edits are drift, which the plan lists.
 */
export function adoptionOf(live: LiveObject, desired: KubernetesObject): Adoption | undefined {
  const entries = managedFieldsOf(live);
  const isNew = !entries.some(isOurs);
  const given = entries.filter((entry) => isByHand(entry) && (isNew || entry.manager === clientSide));
  const strategy = strategyPatch(live, desired);
  if (given.length === 0 && strategy.length === 0) return undefined;
  return {
    managers: [...new Set(given.map(({ manager = '' }) => manager))].sort(),
    removed: removedPaths(live, desired, given),
    patch: [
      { op: 'test', path: '/metadata/resourceVersion', value: live.metadata.resourceVersion },
      ...strategy,
      ...(given.length === 0 ? [] : [handOver(live, given)]),
    ],
  };
}

/**
 * Removes `rollingUpdate`: the API server sets its default, refuses it together with Recreate, and a server-side apply
 * does not remove a field that it does not own.
 */
function strategyPatch({ spec: live }: LiveObject, { spec: desired }: KubernetesObject): JsonMap[] {
  const typeOf = (spec: Json | undefined) => (spec as { strategy?: JsonMap } | undefined)?.strategy;
  const isForbidden =
    typeOf(desired)?.['type'] === 'Recreate' && typeOf(live)?.['rollingUpdate'] !== undefined;
  return isForbidden ? [{ op: 'replace', path: '/spec/strategy', value: { type: 'Recreate' } }] : [];
}

function handOver(live: LiveObject, given: readonly ManagedFieldsEntry[]): JsonMap {
  const entries = managedFieldsOf(live);
  const own = entries.find(isOurs);
  const [first] = given;
  const merged: ManagedFieldsEntry = {
    ...(own ?? first),
    manager: fieldManager,
    operation: 'Apply',
    fieldsV1: [...(own ? [own] : []), ...given].reduce<FieldSet>(
      (all, { fieldsV1 = {} }) => union(all, fieldsV1),
      {},
    ),
  };
  const others = entries.filter((entry) => entry !== own && !given.includes(entry));
  return { op: 'replace', path: '/metadata/managedFields', value: [...others, merged] as unknown as Json };
}

function union(a: FieldSet, b: FieldSet): FieldSet {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, union(a[key] ?? {}, b[key] ?? {})]));
}

/** The fields that only the given managers own and that no manifest sets. */
function removedPaths(
  live: LiveObject,
  desired: KubernetesObject,
  given: readonly ManagedFieldsEntry[],
): string[] {
  const stated = statedPaths(desired);
  // The manager that created an object also owns the defaults; they don't count, because the API server would set them again.
  const chosen = statedPaths(objectWithoutDefaults(live) as unknown as KubernetesObject);
  const paths = new Set(given.flatMap((entry) => ownedPaths(live, entry)));
  return [...paths]
    .filter((path) => !ofTools.includes(path) && chosen.some((each) => isBelow(each, path)))
    .filter((path) => !stated.some((each) => isBelow(each, path) || isBelow(path, each)))
    .filter((path) => ownersOf(live, path).every((owner) => given.includes(owner)))
    .sort();
}

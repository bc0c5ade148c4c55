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
 * What a server-side apply of ours does not reach: fields of an object that people own by kubectl. They are handed over first, so that
 * the apply removes what the manifest does not state, as it does with fields of its own.
 */
export interface Adoption {
  /** The managers whose fields are handed over. */
  readonly managers: readonly string[];
  /** Fields that the apply removes, because no manifest states them. */
  readonly removed: readonly string[];
  /** A JSON patch that hands the fields over. */
  readonly patch: readonly JsonMap[];
}

/** What kubectl and the API server keep up themselves. */
const ofTools = [
  'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
  'metadata.labels["kubernetes.io/metadata.name"]',
];

const clientSide = 'kubectl-client-side-apply';

/**
 * What is to be handed over before an object is applied; undefined where nothing is. A client-side apply hands over always: kubectl
 * does the same. Other edits are taken over with an object that was never applied by us; later they are drift, which the plan lists.
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
 * The API server fills in `rollingUpdate`, which it forbids with Recreate, and a server-side apply leaves what it does not own.
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

/** What only the given managers own, and no manifest states. */
function removedPaths(
  live: LiveObject,
  desired: KubernetesObject,
  given: readonly ManagedFieldsEntry[],
): string[] {
  const stated = statedPaths(desired);
  // A manager that creates an object owns the defaults, too, and the API server fills them in again.
  const chosen = statedPaths(objectWithoutDefaults(live) as unknown as KubernetesObject);
  const paths = new Set(given.flatMap((entry) => ownedPaths(live, entry)));
  return [...paths]
    .filter((path) => !ofTools.includes(path) && chosen.some((each) => isBelow(each, path)))
    .filter((path) => !stated.some((each) => isBelow(each, path) || isBelow(path, each)))
    .filter((path) => ownersOf(live, path).every((owner) => given.includes(owner)))
    .sort();
}

import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';
import { pathOf } from '../path';
import { mergeKeyOf } from './merge-keys';
import { isStoredByOwnRules } from './server-defaults';
import { storedValue } from './stored-value';

type Item = { readonly [field: string]: Json | undefined };

/**
 * A list that a client-side `kubectl apply` merges wrongly, because several items have the same merge key.
 */
export interface BrokenMerge {
  /** `spec.template.spec.containers[cart].env` */
  readonly path: string;
  /** The merge key, such as `name`. */
  readonly mergeKey: string;
  /** Merge keys of items that are missing or wrong after the apply. */
  readonly keys: readonly string[];
  /** Whether the apply fails: kubectl cannot compute the patch, or a required list becomes empty. */
  readonly isRefused: boolean;
  /** Whether a second, identical apply repairs the list. */
  readonly isMendedByRepeat: boolean;
}

/** The lists that differ from the manifest after a client-side apply. */
export function findBrokenMerges(before: KubernetesObject, after: KubernetesObject): BrokenMerge[] {
  return isStoredByOwnRules(after) ? inFields(kindOf(after), before, after, '', '') : [];
}

function inFields(kind: string, before: Item, after: Item, field: string, path: string): BrokenMerge[] {
  return Object.entries(after).flatMap(([key, now]) => {
    const old = before[key];
    const place = pathOf(path, key);
    if (isList(old) && isList(now)) {
      const mergeKey = mergeKeyOf(field, key);
      return mergeKey === undefined ? [] : inList(kind, old, now, key, place, mergeKey);
    }
    return isItem(old) && isItem(now) ? inFields(kind, old, now, key, place) : [];
  });
}

function inList(
  kind: string,
  before: readonly Item[],
  after: readonly Item[],
  field: string,
  path: string,
  mergeKey: string,
): BrokenMerge[] {
  const keyOf = (item: Item) => String(item[mergeKey]);
  const isUnique = [before, after].every((list) => new Set(list.map(keyOf)).size === list.length);
  if (isUnique)
    return after.flatMap((now) => {
      const old = before.find((each) => keyOf(each) === keyOf(now));
      return old === undefined ? [] : inFields(kind, old, now, field, `${path}[${keyOf(now)}]`);
    });
  const merged = mergeList(before, after, keyOf);
  const isMissing = (list: readonly Item[]) => (item: Item) =>
    list.every((each) => stored(kind, field, each) !== stored(kind, field, item));
  const keys = [...new Set(after.filter(isMissing(merged.items)).map(keyOf))];
  const isRefused = merged.isUnordered || (kind === 'Service' && merged.items.length === 0);
  if (keys.length === 0 && !isRefused) return [];
  const again = mergeList(merged.items, after, keyOf, after).items;
  const isMendedByRepeat = !isRefused && !after.some(isMissing(again));
  return [{ path, mergeKey, keys, isRefused, isMendedByRepeat }];
}

/**
 * Simulates a client-side apply of a list with repeated keys. kubectl sorts the stored list and the new list
 * by key, which reverses items with equal keys, and compares the lists pair by pair. The API server merges
 * each item of the patch into the first stored item with the same key. A deletion removes all items with the
 * key.
 *
 * @param applied the last applied list, if it differs from the stored one
 * @see
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go
 */
function mergeList(
  stored: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
  applied = stored,
): { readonly items: readonly Item[]; readonly isUnordered: boolean } {
  // If the field is not stored yet, the API server adds the whole list without a merge.
  if (stored.length === 0) return { items: after, isUnordered: false };
  const deleted = new Set(
    pairsOf(applied, after, keyOf).flatMap(([old, now]) => (old && !now ? keyOf(old) : [])),
  );
  const order = after.map(keyOf);
  const patch = pairsOf(stored, after, keyOf)
    .flatMap(([old, now]) => (now !== undefined && !isEqual(old, now) ? [{ old, now, key: keyOf(now) }] : []))
    .filter(({ key }) => !deleted.has(key))
    .sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  const items = stored.filter((item) => !deleted.has(keyOf(item)));
  for (const { old = {}, now, key } of patch) {
    const index = items.findIndex((item) => keyOf(item) === key);
    const kept = Object.entries(items[index] ?? {}).filter(([field]) => !(field in old) || field in now);
    const item = { ...Object.fromEntries(kept), ...changedFields(old, now) };
    if (index === -1) items.push({ ...now });
    else items[index] = item;
  }
  return {
    items,
    isUnordered: !isInOrder(
      patch.map(({ key }) => key),
      order,
    ),
  };
}

/**
 * Pairs of items with equal keys, and items that only one list has. Items with equal keys are paired from
 * last to first.
 */
function pairsOf(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): (readonly [Item | undefined, Item | undefined])[] {
  const keys = new Set([...before, ...after].map(keyOf));
  return [...keys].sort().flatMap((key) => {
    const [left = [], right = []] = [before, after].map((list) =>
      list.filter((item) => keyOf(item) === key).reverse(),
    );
    const most = Math.max(left.length, right.length);
    return Array.from({ length: most }, (_, index) => [left[index], right[index]] as const);
  });
}

function changedFields(old: Item, now: Item): Item {
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => !isEqual(old[field], value)));
}

function isInOrder(keys: readonly string[], order: readonly string[]): boolean {
  let next = 0;
  return keys.every((key) => {
    const found = order.indexOf(key, next);
    next = found + 1;
    return found !== -1;
  });
}

function isEqual(before: Json | undefined, after: Json | undefined): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function stored(kind: string, field: string, item: Item): string {
  return storedValue(kind, ['', field], [item as Json]);
}

function isList(value: Json | undefined): value is readonly Item[] {
  return Array.isArray(value) && value.every(isItem);
}

function isItem(value: Json | undefined): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

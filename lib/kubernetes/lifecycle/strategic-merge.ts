import type { Json } from '../../documents/kubernetes';
import { mergeKeyOf } from './merge-keys';

type MergeSteps = readonly (string | number)[];
type JsonFields = { readonly [key: string]: Json | undefined };

/** A value of the result, and the part of the patch that decided it. */
export interface PatchedPlace {
  /** In the result. A value that the patch removed has the place where it was. */
  readonly at: MergeSteps;
  /** In the patch. */
  readonly from: MergeSteps;
}

/** What a patch makes of a value. */
export interface PatchResult {
  readonly value: Json;
  readonly places: readonly PatchedPlace[];
  /** Parts of the patch that can't be applied, each with the reason. */
  readonly problems: readonly { readonly from: MergeSteps; readonly message: string }[];
}

/** Where the merge is: in the patch, and in the result. */
interface Cursor {
  readonly at: MergeSteps;
  readonly from: MergeSteps;
  /** The last field above, by which a list's merge key is known. */
  readonly field: string;
}

const directive = '$patch';

/**
 * Merges a patch into an object as `kubectl patch --type strategic` does: maps key by key, `null` removes a key, lists with a merge key
 * item by item, and other lists as a whole. `$patch: delete` removes an item, `$patch: replace` replaces a map instead of merging it.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function strategicMerge(value: Json, patch: Json): PatchResult {
  const places: PatchedPlace[] = [];
  const problems: { from: MergeSteps; message: string }[] = [];
  const merged = merge(value, patch, { at: [], from: [], field: '' }, { places, problems });
  return { value: merged ?? {}, places, problems };
}

interface MergeRecord {
  readonly places: PatchedPlace[];
  readonly problems: { from: MergeSteps; message: string }[];
}

function merge(value: Json | undefined, patch: Json, cursor: Cursor, found: MergeRecord): Json | undefined {
  if (isFields(patch)) return mergeFields(value, patch, cursor, found);
  found.places.push({ at: cursor.at, from: cursor.from });
  if (patch === null) return undefined;
  return patch;
}

function mergeFields(value: Json | undefined, patch: JsonFields, cursor: Cursor, found: MergeRecord): Json {
  const { [directive]: order, ...fields } = patch;
  if (order !== undefined && order !== 'replace' && order !== 'merge') {
    const message = `is ${JSON.stringify(order)}; it must be replace, or delete in an item of a list`;
    found.problems.push({ from: [...cursor.from, directive], message });
  }
  if (order === 'replace' || !isFields(value ?? null))
    found.places.push({ at: cursor.at, from: cursor.from });
  const base = order !== 'replace' && isFields(value ?? null) ? (value as JsonFields) : {};
  const result: Record<string, Json | undefined> = { ...base };
  for (const [key, below] of Object.entries(fields)) {
    if (below === undefined) continue;
    const next = { at: [...cursor.at, key], from: [...cursor.from, key], field: key };
    if (key.startsWith('$')) {
      const message = 'is a directive that is not supported; only $patch is';
      found.problems.push({ from: next.from, message });
      continue;
    }
    const mergeKey = mergeKeyOf(cursor.field, key);
    const merged =
      mergeKey !== undefined && Array.isArray(below)
        ? mergeItems(base[key], below as readonly Json[], mergeKey, next, found)
        : merge(base[key], below, next, found);
    if (merged === undefined) delete result[key];
    else result[key] = merged;
  }
  return result as Json;
}

function mergeItems(
  value: Json | undefined,
  patch: readonly Json[],
  mergeKey: string,
  cursor: Cursor,
  found: MergeRecord,
): Json {
  const items = Array.isArray(value) ? [...(value as readonly Json[])] : [];
  patch.forEach((item, position) => {
    const from = [...cursor.from, position];
    const key = isFields(item) ? item[mergeKey] : undefined;
    if (!isFields(item) || key === undefined) {
      found.problems.push({ from, message: `has no ${mergeKey}, by which the item is found; state it` });
      return;
    }
    const index = items.findIndex((each) => isFields(each) && each[mergeKey] === key);
    const at = [...cursor.at, index === -1 ? items.length : index];
    if (item[directive] === 'delete') {
      if (index === -1) {
        const message = `deletes the item with ${mergeKey}: ${JSON.stringify(key)}, which does not exist; remove it`;
        found.problems.push({ from, message });
      } else items.splice(index, 1);
      found.places.push({ at: cursor.at, from });
      return;
    }
    const merged = mergeFields(items[index], item, { at, from, field: cursor.field }, found) as Json;
    if (index === -1) items.push(merged);
    else items[index] = merged;
  });
  return items;
}

function isFields(value: Json | undefined): value is JsonFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

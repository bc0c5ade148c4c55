import type { Json } from '../../documents/kubernetes';
import { mergeKeyOf } from './merge-keys';

type MergeSteps = readonly (string | number)[];
type JsonFields = { readonly [key: string]: Json | undefined };

/** A value of the merged object, and the part of the patch that set or removed the value. */
export interface PatchedPlace {
  /** Path in the merged object. For a removed value, the path in the original object. */
  readonly at: MergeSteps;
  /** Path in the patch. */
  readonly from: MergeSteps;
}

/** The result of a patch. */
export interface PatchResult {
  readonly value: Json;
  readonly places: readonly PatchedPlace[];
  /** Parts of the patch that can't be applied, each with the reason. */
  readonly problems: readonly { readonly from: MergeSteps; readonly message: string }[];
}

/** The current position of the merge in the patch and in the merged object. */
interface Cursor {
  readonly at: MergeSteps;
  readonly from: MergeSteps;
  /** The name of the field that contains the current value: the merge key of a list depends on this name. */
  readonly field: string;
}

const directive = '$patch';

/**
 * Merges a patch into an object as `kubectl patch --type strategic` does. Maps are merged key by key, and
 * `null` removes a key. Lists with a merge key are merged item by item, and other lists are replaced.
 * `$patch: delete` removes an item of a list. `$patch: replace` replaces a map instead of merging it.
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
    const message = `is ${JSON.stringify(order)}; $patch must be "replace", or "delete" in an item of a list`;
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
      const message = 'is not supported; the only supported directive is $patch';
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
      found.problems.push({
        from,
        message: `has no ${mergeKey}, which identifies an item of this list; set ${mergeKey}`,
      });
      return;
    }
    const index = items.findIndex((each) => isFields(each) && each[mergeKey] === key);
    const at = [...cursor.at, index === -1 ? items.length : index];
    if (item[directive] === 'delete') {
      if (index === -1) {
        const message = `deletes the item with ${mergeKey}: ${JSON.stringify(key)}, but the list has no such item; remove this entry of the patch`;
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

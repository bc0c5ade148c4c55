import type { Path } from './source';
import type { EditValue } from './yaml-value';

/** A change of a YAML file. A path consists of keys of maps and indexes of lists. */
export type YamlEdit =
  /** Replaces a value. If the key does not exist, it is added at the end of the map. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: EditValue }
  /** Adds an item at the end of a list. */
  | { readonly kind: 'append'; readonly path: Path; readonly value: EditValue }
  /** Removes a key from a map, with the comments of the key. */
  | { readonly kind: 'remove'; readonly path: Path };

export function dataAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    data,
  );
}

/** The data that results from an edit. */
export function editedData(data: unknown, { path, ...edit }: YamlEdit): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (edit.kind === 'append') return [...(Array.isArray(data) ? (data as unknown[]) : []), edit.value];
    return edit.kind === 'set' ? edit.value : undefined;
  }
  const below = editedData(dataAt(data, [key]), { ...edit, path: rest } as YamlEdit);
  if (Array.isArray(data))
    return (data as unknown[]).map((each, index) => (index === Number(key) ? below : each));
  const { [key]: _, ...others } = (typeof data === 'object' && data !== null ? data : {}) as Record<
    string,
    unknown
  >;
  return edit.kind === 'remove' && rest.length === 0 ? others : { ...others, [key]: below };
}

/**
 * Joins edits that set values below the same missing key. Applied one after the other, each edit would add that key again.
 *
 * @param data before the edits
 */
export function joinInsertions(edits: readonly YamlEdit[], data: unknown): readonly YamlEdit[] {
  const keys = edits.map((edit) => missingKey(edit, data));
  return edits.flatMap((edit, index) => {
    const key = keys[index];
    const group = key === undefined ? [edit] : edits.filter((_, other) => keys[other] === key);
    if (group.length === 1) return [edit];
    return group[0] === edit ? [joined(group)] : [];
  });
}

/** The first key on the way to a value that is missing, with the keys before it. */
function missingKey({ kind, path }: YamlEdit, data: unknown): string | undefined {
  const length = path.findIndex((_, index) => dataAt(data, path.slice(0, index + 1)) === undefined);
  return kind !== 'set' || length === -1 ? undefined : JSON.stringify(path.slice(0, length + 1));
}

function joined(group: readonly YamlEdit[]): YamlEdit {
  const [{ path: first } = { path: [] as Path }] = group;
  const end = first.findIndex((step, index) => group.some(({ path }) => path[index] !== step));
  const length = end === -1 ? first.length : end;
  const value = group.reduce<unknown>(
    (before, edit) => editedData(before, { ...edit, path: edit.path.slice(length) }),
    undefined,
  );
  return { kind: 'set', path: first.slice(0, length), value: value as EditValue };
}

import { isDeepStrictEqual } from 'node:util';
import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { dataAt, editedData, joinInsertions, type YamlEdit } from './edited-data';
import type { Path } from './source';
import { detachAll } from './yaml-anchors';
import { blockText, type EditValue, flowText, scalarText } from './yaml-value';

export type { YamlEdit } from './edited-data';

/** The error that a value can't be edited in the file. The message follows `file:line:column path: `. */
export class EditRefused extends Error {
  constructor(
    readonly path: Path,
    message: string,
  ) {
    super(message);
    this.name = 'EditRefused';
  }
}

/**
 * Sets a value in the text of a YAML file. All other bytes stay unchanged: comments, order, quotes and anchors.
 *
 * @throws EditRefused if the value can't be replaced without another change
 */
export function setYamlValue(text: string, path: readonly string[], value: EditValue): string {
  const before = parseDocument(text);
  const data: unknown = before.toJS({ maxAliasCount: -1 });
  if (isDeepStrictEqual(dataAt(data, path), value)) return text;
  const edit: YamlEdit = { kind: 'set', path, value };
  return verified(splice(text, splicesOf(text, before.contents, edit)), data, [edit]);
}

/**
 * Applies several changes. All other bytes stay unchanged, except that an edit inside a value that an alias repeats
 * replaces the alias by a copy, and moves the anchor to the first place that still has its value.
 *
 * @throws EditRefused if the resulting data would differ from what the edits specify
 */
export function editYaml(text: string, stated: readonly YamlEdit[]): string {
  if (stated.length === 0) return text;
  const data: unknown = parseDocument(text).toJS({ maxAliasCount: -1 });
  const edits = joinInsertions(stated, data);
  const places = edits.map(({ path }) => path);
  // If an edit replaces the alias itself, the anchor of the alias stays where it is.
  const isRepeated = ({ path, kind }: YamlEdit, contents: unknown) =>
    kind !== 'append' && isAlias(nodeAt(contents, path));
  const opened = detachAll(
    text,
    places.map((path) => path.slice(0, -1)),
  );
  const { contents } = parseDocument(opened);
  const first = edits.filter((edit) => isRepeated(edit, contents));
  const rest = edits.filter((edit) => !first.includes(edit));
  const replaced = splice(
    opened,
    first.flatMap((edit) => splicesOf(opened, contents, edit)),
  );
  const detached = detachAll(
    replaced,
    rest.map(({ path }) => path),
  );
  const last = parseDocument(detached).contents;
  return verified(
    splice(
      detached,
      rest.flatMap((edit) => splicesOf(detached, last, edit)),
    ),
    data,
    edits,
  );
}

/**
 * Checks the edited text.
 *
 * @throws EditRefused if the data of the text differs from what the edits specify
 */
function verified(text: string, data: unknown, edits: readonly YamlEdit[]): string {
  const wanted = edits.reduce<unknown>(editedData, data);
  const result = parseDocument(text);
  const found: unknown = result.errors.length === 0 ? result.toJS({ maxAliasCount: -1 }) : undefined;
  if (isDeepStrictEqual(found, wanted)) return text;
  const edit =
    edits.find(({ path }) => !isDeepStrictEqual(dataAt(found, path), dataAt(wanted, path))) ?? edits[0];
  const wayOut =
    edit?.kind === 'set' ? `set the value to ${flowText(edit.value)} by hand` : 'edit the file by hand';
  throw new EditRefused(edit?.path ?? [], `can't be edited automatically; ${wayOut}`);
}

/** A range of a text, and the text that replaces the range. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Replaces ranges of a text. Several texts for the same position keep their order, and precede the replaced range.
 */
function splice(text: string, splices: readonly Splice[]): string {
  const sorted = splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let [result, at] = ['', 0];
  for (const { start, end, text: own } of sorted) {
    result += text.slice(at, start) + own;
    at = Math.max(at, end);
  }
  return result + text.slice(at);
}

function splicesOf(text: string, contents: unknown, edit: YamlEdit): Splice[] {
  if (edit.kind === 'append') return [appended(text, edit.path, nodeAt(contents, edit.path), edit.value)];
  let map: unknown = contents;
  for (const [index, key] of edit.path.entries()) {
    if (isAlias(map))
      throw new EditRefused(
        edit.path,
        `is inside a value that the alias *${map.source} repeats; replace the alias by its value, and run the command again`,
      );
    const rest = edit.path.slice(index + 1);
    if (isSeq(map) && rest.length > 0) {
      map = map.items[Number(key)];
      continue;
    }
    const pair = isMap(map) ? pairOf(map, key) : undefined;
    if (pair !== undefined && rest.length > 0) {
      map = pair.value;
      continue;
    }
    if (edit.kind === 'remove') return pair === undefined ? [] : [removed(text, pair, map as Node)];
    if (pair !== undefined)
      return replaced(text, pair, edit.path, edit.value, (map as { flow?: boolean }).flow === true);
    return [inserted(text, map, edit.path.slice(index).map(String), edit.value)];
  }
  return [];
}

/**
 * Replaces the value of a pair, from after the colon to the last character of the value. Comments above the value
 * move above the key.
 */
function replaced(
  text: string,
  { key, value: old }: Pair,
  path: Path,
  value: EditValue,
  isFlow: boolean,
): Splice[] {
  const [keyStart, keyEnd] = rangeOf(key) ?? [0, 0];
  const start = text.indexOf(':', keyEnd) + 1;
  const range = rangeOf(old);
  if (!isAlias(old) && (old as Node | null)?.anchor !== undefined)
    throw new EditRefused(
      path,
      `has the anchor &${(old as Node).anchor}, which aliases repeat; replace these aliases by the value`,
    );
  if (range === undefined || range[0] === range[1])
    return [{ start, end: start, text: ` ${flowText(value)}` }];
  const [line = '', ...lines] = text.slice(start, range[0]).split('\n');
  const comment = lines.length > 0 ? line.trimEnd() : '';
  const lineStart = text.lastIndexOf('\n', keyStart) + 1;
  const indent = /^ */.exec(text.slice(lineStart, keyStart))?.[0] ?? '';
  const above = lines.map((each) => each.trim()).filter((each) => each.startsWith('#'));
  const block = isFlow ? undefined : blockText(value, ' '.repeat(keyStart - lineStart + 2));
  const written = isQuoted(old) && typeof value === 'string' ? JSON.stringify(value) : flowText(value);
  const [head = '', ...body] = block?.split('\n') ?? [];
  const own = block === undefined ? ` ${written}${comment}` : [`${head}${comment}`, ...body].join('\n');
  return [
    ...(above.length === 0
      ? []
      : [{ start: lineStart, end: lineStart, text: above.map((each) => `${indent}${each}\n`).join('') }]),
    { start, end: endOf(text, old), text: own },
  ];
}

/** Adds a key after the last key of a map. */
function inserted(text: string, map: unknown, path: readonly string[], value: EditValue): Splice {
  const [key = '', ...rest] = path;
  if (!isMap(map)) return insertion(text.length, `${endOfLine(text)}${block(path, value, 0)}`);
  if (map.flow) {
    const close = (map.range?.[1] ?? 1) - 1;
    const before = text.slice(0, close).trimEnd();
    const separator = map.items.length === 0 ? ' ' : ', ';
    return { start: before.length, end: close, text: `${separator}${flowEntry(key, rest, value)} ` };
  }
  const last = map.items.at(-1);
  const first = rangeOf(map.items[0]?.key)?.[0] ?? 0;
  const indent = first - (text.lastIndexOf('\n', first - 1) + 1);
  const at = nextLine(text, endOf(text, last?.value ?? last?.key));
  return insertion(at, `${endOfLine(text.slice(0, at))}${block([key, ...rest], value, indent)}`);
}

function appended(text: string, path: Path, list: unknown, value: EditValue): Splice {
  if (!isSeq(list)) throw new EditRefused(path, `is not a list; add the item ${flowText(value)} by hand`);
  const last = list.items.at(-1);
  if (list.flow || last === undefined) {
    const close = (list.range?.[1] ?? 1) - 1;
    const end = text.slice(0, close).trimEnd().length;
    return insertion(end, `${last === undefined ? '' : ', '}${flowText(value)}`);
  }
  const first = rangeOf(list.items[0])?.[0] ?? 0;
  const dash = text.lastIndexOf('-', first);
  const indent = dash - (text.lastIndexOf('\n', dash) + 1);
  const at = nextLine(text, endOf(text, last));
  return insertion(at, `${endOfLine(text.slice(0, at))}${' '.repeat(indent)}- ${flowText(value)}\n`);
}

/** Removes a pair. In block style, its lines are removed; in flow style, also its comma. */
function removed(text: string, { key, value }: Pair, map: Node): Splice {
  const start = rangeOf(key)?.[0] ?? 0;
  const end = endOf(text, value ?? key);
  if (isMap(map) && !map.flow)
    return { start: text.lastIndexOf('\n', start) + 1, end: nextLine(text, end), text: '' };
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length;
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return after === undefined
    ? { start: start - before, end, text: '' }
    : { start, end: end + after, text: '' };
}

function insertion(at: number, text: string): Splice {
  return { start: at, end: at, text };
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

function endOfLine(text: string): string {
  return text === '' || text.endsWith('\n') ? '' : '\n';
}

function block(path: readonly string[], value: EditValue, indent: number): string {
  const [key = '', ...rest] = path;
  const start = `${' '.repeat(indent)}${scalarText(key)}:`;
  return rest.length === 0
    ? `${start}${blockText(value, ' '.repeat(indent + 2)) ?? ` ${flowText(value)}`}\n`
    : `${start}\n${block(rest, value, indent + 2)}`;
}

function flowEntry(key: string, rest: readonly string[], value: EditValue): string {
  const [next, ...more] = rest;
  return `${scalarText(key)}: ${next === undefined ? flowText(value) : `{ ${flowEntry(next, more, value)} }`}`;
}

function isQuoted(node: unknown): boolean {
  return isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
}

/** The end of the last scalar in a node. Comments and blank lines after a block do not belong to the node. */
export function endOf(text: string, node: unknown): number {
  if (isPair(node)) return endOf(text, node.value ?? node.key);
  if (isCollection(node) && !node.flow && node.items.length > 0) return endOf(text, node.items.at(-1));
  const [start, end] = rangeOf(node) ?? [0, 0];
  return start + text.slice(start, end).trimEnd().length;
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  return (node as Node | null | undefined)?.range ?? undefined;
}

function pairOf(map: { readonly items: readonly Pair[] }, key: string | number): Pair | undefined {
  return map.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
}

function nodeAt(contents: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, step) => {
    if (isMap(node)) return pairOf(node, step)?.value;
    return isSeq(node) ? node.items[Number(step)] : undefined;
  }, contents);
}

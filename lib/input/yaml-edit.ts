import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  parseDocument,
  stringify,
  type YAMLMap,
} from 'yaml';
import type { Path } from './source';

/** What an edit can write: a text, a number, or a map of texts. */
export type EditValue = string | number | Readonly<Record<string, string>>;

/** A value can't be edited in its place; the message continues `file:line:column path: `. */
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
 * Sets a value in the text of a YAML file, and leaves every other byte: comments, order, quotes and anchors.
 *
 * @param path keys of maps; a key that is missing is added as the last one of its map
 * @throws EditRefused where the value can't be replaced without a change elsewhere
 */
export function setYamlValue(text: string, path: readonly string[], value: EditValue): string {
  const before = parseDocument(text);
  const data: unknown = before.toJS({ maxAliasCount: -1 });
  if (isSame(valueIn(data, path), value)) return text;
  const edited = edit(text, before.contents, path, value);
  const wanted = withValue(data, path, value);
  const result = parseDocument(edited);
  if (result.errors.length === 0 && isSame(result.toJS({ maxAliasCount: -1 }), wanted)) return edited;
  throw new EditRefused(path, `can't be edited in its place; set it to ${flow(value)} by hand`);
}

function edit(text: string, contents: unknown, path: readonly string[], value: EditValue): string {
  let map: unknown = contents;
  for (const [index, key] of path.entries()) {
    if (isAlias(map))
      throw new EditRefused(
        path,
        `is part of what *${map.source} repeats; write it out and run the command again`,
      );
    const rest = path.slice(index + 1);
    if (!isMap(map)) return `${text}${endOfLine(text)}${block(path.slice(index), value, 0)}`;
    const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (pair === undefined) return insert(text, map, path.slice(index), value);
    if (rest.length === 0) return replace(text, pair, path, value, map.flow === true);
    map = pair.value;
  }
  return text;
}

/** Replaces the value of a pair, from after the colon to its last character. */
function replace(
  text: string,
  { key, value: old }: Pair,
  path: Path,
  value: EditValue,
  isFlow: boolean,
): string {
  const [keyStart, keyEnd] = rangeOf(key) ?? [0, 0];
  const colon = text.indexOf(':', keyEnd) + 1;
  const range = rangeOf(old);
  const isEmpty = range === undefined || range[0] === range[1];
  if (!isAlias(old) && (old as Node | null)?.anchor !== undefined)
    throw new EditRefused(
      path,
      `has the anchor &${(old as Node).anchor}, which others repeat; write the value out in each place`,
    );
  if (isEmpty) return `${text.slice(0, colon)} ${flow(value)}${text.slice(colon)}`;
  const gap = text.slice(colon, range[0]);
  const [line = '', ...more] = gap.split('\n');
  const comment = more.length > 0 ? line.trimEnd() : '';
  const isBlock = !isFlow && typeof value === 'string' && /[^\n]\n$/.test(value);
  if (isBlock) {
    const indent = ' '.repeat(keyStart - text.lastIndexOf('\n', keyStart) + 1);
    const lines = value.trimEnd().split('\n');
    return `${text.slice(0, colon)} |${comment}\n${lines.map((each) => indent + each).join('\n')}${text.slice(endOf(text, old))}`;
  }
  const written = isQuoted(old) && typeof value === 'string' ? JSON.stringify(value) : flow(value);
  return `${text.slice(0, colon)} ${written}${comment}${text.slice(endOf(text, old))}`;
}

/** Adds a key to a map, after its last one. */
function insert(text: string, map: YAMLMap, path: readonly string[], value: EditValue): string {
  const [key = '', ...rest] = path;
  if (map.flow) {
    const close = (map.range?.[1] ?? 1) - 1;
    const before = text.slice(0, close).trimEnd();
    const separator = map.items.length === 0 ? ' ' : ', ';
    return `${before}${separator}${flowEntry(key, rest, value)} ${text.slice(close)}`;
  }
  const last = map.items.at(-1);
  const first = rangeOf(map.items[0]?.key)?.[0] ?? 0;
  const indent = first - (text.lastIndexOf('\n', first - 1) + 1);
  const end = text.indexOf('\n', endOf(text, last?.value ?? last?.key));
  const at = end === -1 ? text.length : end + 1;
  const head = text.slice(0, at);
  return `${head}${endOfLine(head)}${block([key, ...rest], value, indent)}${text.slice(at)}`;
}

function endOfLine(text: string): string {
  return text === '' || text.endsWith('\n') ? '' : '\n';
}

function block(path: readonly string[], value: EditValue, indent: number): string {
  const [key = '', ...rest] = path;
  const start = `${' '.repeat(indent)}${scalar(key)}:`;
  return rest.length === 0 ? `${start} ${flow(value)}\n` : `${start}\n${block(rest, value, indent + 2)}`;
}

function flowEntry(key: string, rest: readonly string[], value: EditValue): string {
  const [next, ...more] = rest;
  return `${scalar(key)}: ${next === undefined ? flow(value) : `{ ${flowEntry(next, more, value)} }`}`;
}

function flow(value: EditValue): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return scalar(value);
  return `{ ${Object.entries(value)
    .map(([key, text]) => `${scalar(key)}: ${scalar(text)}`)
    .join(', ')} }`;
}

/** A text as a plain scalar where YAML reads it back as the same text, and with quotes otherwise. */
function scalar(text: string): string {
  const plain = stringify(text, { lineWidth: 0 }).trimEnd();
  // Readers of YAML 1.1 take more texts for numbers, such as 237e6 or 0x1f.
  return /^[\w./@:-]+$/.test(plain) && !/^[\d.+-][\da-fA-FxXo_.:+-]*$/.test(plain)
    ? plain
    : JSON.stringify(text);
}

function isQuoted(node: unknown): boolean {
  return isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
}

/** The end of the last scalar in a node: what follows a block is no part of it. */
function endOf(text: string, node: unknown): number {
  if (isPair(node)) return endOf(text, node.value ?? node.key);
  if (isCollection(node) && !node.flow && node.items.length > 0) return endOf(text, node.items.at(-1));
  const [start, end] = rangeOf(node) ?? [0, 0];
  return start + text.slice(start, end).trimEnd().length;
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  return (node as Node | null | undefined)?.range ?? undefined;
}

function valueIn(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
    data,
  );
}

function withValue(data: unknown, path: readonly string[], value: EditValue): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const map = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  return { ...map, [key]: withValue(map[key], rest, value) };
}

/** Whether two values are equal, whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && isSame(one[key], other[key]))
  );
}

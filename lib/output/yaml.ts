import { stringify } from 'yaml';
import type { Json, JsonMap, KubernetesObject } from '../documents/kubernetes';
import { describeObject } from '../kubernetes/objects/object-key';
import { compareCodeUnits, inFieldOrder, isFreeForm } from './key-order';

/**
 * Characters that are written as escape sequences: control characters (YAML 1.1 ends a line at U+0085 and U+2028),
 * and characters that a reviewer can't see: no-break and zero-width spaces, direction marks, the byte order mark,
 * lone surrogates. The ranges are listed here, because Unicode's categories depend on the version of Node, and the
 * output must not.
 */
const hidden =
  /[\p{Cc}\p{Cs}\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff\u{e0000}-\u{e0fff}]/gu;

/** The same characters, except for tabs and line breaks, which a block scalar can contain. */
const hiddenInBlock = new RegExp(`(?![\\t\\n])${hidden.source}`, 'u');

/** Strings that the `yaml` package writes without quotes, although some parser reads them as another type. */
const misread: readonly RegExp[] = [
  /^[-+]?0[xob]/i, // kubectl reads 0XFF and 0B1 as numbers
  /^[-+.\d][-+.\de]*_/i, // and +_1 and 1e_3
  /^\d{4}-\d/, // PyYAML fails on a time whose zone doesn't exist
  /^=$/, // PyYAML: "could not determine a constructor"
  /^(?:%|---|\.\.\.)/, // the end of a document; the package makes a block of it
];

/**
 * Strings that a block scalar can't represent: the indentation is read from the first character, and the last line
 * must not be blank.
 */
const unfitForBlock = /^\s|\n[ \t]+\n*$/;

/**
 * Prints objects for `kubectl apply`: keys in their usual order, multi-line texts as `|` blocks. Each
 * document begins with `---`, so that `cat` can join files. Equal objects give equal bytes in any order of
 * their keys, and parsers of YAML 1.1 (kubectl, PyYAML) and 1.2 read the same values.
 *
 * The `yaml` package decides how to quote each string; the layout is made here (ADR 3).
 *
 * @param header lines of a comment at the top; characters that would end the comment are escaped
 * @throws TypeError for a value that JSON doesn't have (NaN, Infinity, functions), with its object and path
 */
export function printYaml(objects: readonly KubernetesObject[], header: readonly string[] = []): string {
  const comment = header.map((line) => `${`# ${line.replace(hidden, escaped)}`.trimEnd()}\n`).join('');
  return comment + objects.map((object) => `---\n${printDocument(object)}`).join('');
}

function printDocument(object: KubernetesObject): string {
  return `${printMap(object, '', false, describeObject(object))}\n`;
}

function printMap(map: JsonMap, indent: string, freeForm: boolean, place: string): string {
  const inner = `${indent}  `;
  const lines: string[] = [];
  const keys = Object.keys(map);
  for (const key of freeForm ? keys.sort(compareCodeUnits) : inFieldOrder(keys)) {
    const value = map[key];
    if (value !== undefined) {
      const below = freeForm || (isFreeForm(key) && !Array.isArray(value));
      const text = printValue(value, inner, below, `${place}.${key}`);
      lines.push(`${printLine(key)}:${startsBelow(value, text) ? `\n${inner}` : ' '}${text}`);
    }
  }
  return lines.length === 0 ? '{}' : lines.join(`\n${indent}`);
}

/** A cache of printed long lists, because many objects share such a list. */
const lists = new WeakMap<
  readonly Json[],
  { readonly indent: string; readonly freeForm: boolean; readonly text: string }
>();

function printList(list: readonly Json[], indent: string, freeForm: boolean, place: string): string {
  const known = lists.get(list);
  if (known?.indent === indent && known.freeForm === freeForm) return known.text;
  const text = printItems(list, indent, freeForm, place);
  if (list.length > 8) lists.set(list, { indent, freeForm, text });
  return text;
}

function printItems(list: readonly Json[], indent: string, freeForm: boolean, place: string): string {
  const items = list.map(
    (item, index) => `- ${printValue(item, `${indent}  `, freeForm, `${place}[${index}]`)}`,
  );
  return items.length === 0 ? '[]' : items.join(`\n${indent}`);
}

/** Prints a value that follows `- ` or is below `key:`. `indent` is the indentation of all lines after the first. */
function printValue(value: Json, indent: string, freeForm: boolean, place: string): string {
  if (typeof value === 'string') {
    return printText(value, indent);
  }
  if (typeof value === 'boolean' || value === null) {
    return String(value);
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return printNumber(value);
  }
  if (typeof value !== 'object') {
    throw new TypeError(`${place} is ${String(value)}, which can't be written as JSON: omit the field`);
  }
  return isList(value) ? printList(value, indent, freeForm, place) : printMap(value, indent, freeForm, place);
}

/** TypeScript's `Array.isArray` doesn't narrow the type to a readonly list. */
function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function startsBelow(value: Json, text: string): boolean {
  return typeof value === 'object' && value !== null && text !== '{}' && text !== '[]';
}

/** In YAML 1.1, a number with an exponent needs a decimal point: `1e+21` would be read as a string. */
function printNumber(value: number): string {
  return JSON.stringify(value).replace(/^(-?\d+)e/, '$1.0e');
}

function printText(text: string, indent: string): string {
  if (!text.includes('\n') || unfitForBlock.test(text) || hiddenInBlock.test(text)) {
    return printLine(text);
  }
  const ends = /\n*$/.exec(text)?.[0].length ?? 0;
  const chomping = ['-', ''][ends] ?? '+';
  const lines = (ends === 0 ? text : text.slice(0, -1)).split('\n');
  return [`|${chomping}`, ...lines.map((line) => (line === '' ? '' : indent + line))].join('\n');
}

/**
 * A cache of strings as the yaml package prints them: a call takes 4 µs, and a synth prints most strings many times.
 */
const printed = new Map<string, string>();

/**
 * Prints a string on one line. It has no quotes if every parser reads it back as the same string, and double quotes
 * otherwise.
 */
function printLine(text: string): string {
  const known = printed.get(text);
  if (known !== undefined) {
    return known;
  }
  const line =
    misread.some((pattern) => pattern.test(text)) || text.search(hidden) !== -1
      ? JSON.stringify(text).replace(hidden, escaped)
      : stringify(text, { lineWidth: 0, compat: 'yaml-1.1' }).slice(0, -1);
  if (printed.size === 10_000) {
    printed.clear();
  }
  printed.set(text, line);
  return line;
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

import { stringify } from 'yaml';
import type { Json, JsonMap, KubernetesObject } from '../documents/kubernetes';
import { describeObject } from '../kubernetes/objects/object-key';
import { compareCodeUnits, compareFields, isFreeForm } from './key-order';

/**
 * What is written as an escape although a reader might take it raw: control characters (YAML 1.1 ends a line at
 * U+0085 and U+2028), and what no reviewer can see or tell from a space: no-break and zero-width spaces, marks
 * that turn the direction of the text, the byte order mark, lone surrogates. The ranges are spelled out because
 * the categories of Unicode grow with Node's version, and the bytes must not.
 */
const hidden =
  /[\p{Cc}\p{Cs}\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff\u{e0000}-\u{e0fff}]/gu;

/** The same for a text of several lines, where tabs and line ends are layout. */
const hiddenInBlock = new RegExp(`(?![\\t\\n])${hidden.source}`, 'u');

/** What the `yaml` package writes plain on one line and somebody doesn't take for a string. */
const misread: readonly RegExp[] = [
  /^[-+]?0[xob]/i, // kubectl reads 0XFF and 0B1 as numbers
  /^[-+.\d][-+.\de]*_/i, // and +_1 and 1e_3
  /^\d{4}-\d/, // PyYAML fails on a time whose zone doesn't exist
  /^=$/, // PyYAML: "could not determine a constructor"
  /^(?:%|---|\.\.\.)/, // the end of a document; the package makes a block of it
];

/** A block needs a first character to take its indentation from, and a last line that isn't blank. */
const unfitForBlock = /^\s|\n[ \t]+\n*$/;

/**
 * Prints objects for `kubectl apply`: keys in the order in which people write them, texts of several lines as `|`
 * blocks. Every document begins with `---`, so that files can be strung together with `cat`. Equal objects give
 * equal bytes, whatever the order of their keys, and every reader gets the same values back, whether it follows
 * YAML 1.1 (kubectl, PyYAML) or 1.2.
 *
 * The layout is printed here and the `yaml` package decides how each string has to be quoted (ADR 3).
 *
 * @param header lines of a comment on top; characters that would end the comment are written as escapes
 * @throws TypeError on what JSON doesn't have (NaN, Infinity, functions), with its object and path
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
  for (const key of Object.keys(map).sort(freeForm ? compareCodeUnits : compareFields)) {
    const value = map[key];
    if (value !== undefined) {
      const below = freeForm || (isFreeForm(key) && !Array.isArray(value));
      const text = printValue(value, inner, below, `${place}.${key}`);
      lines.push(`${printLine(key)}:${startsBelow(value, text) ? `\n${inner}` : ' '}${text}`);
    }
  }
  return lines.length === 0 ? '{}' : lines.join(`\n${indent}`);
}

function printList(list: readonly Json[], indent: string, freeForm: boolean, place: string): string {
  const items = list.map(
    (item, index) => `- ${printValue(item, `${indent}  `, freeForm, `${place}[${index}]`)}`,
  );
  return items.length === 0 ? '[]' : items.join(`\n${indent}`);
}

/** A value as it stands behind `- ` or below `key:`, its further lines at `indent`. */
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
    throw new TypeError(`${place} is ${String(value)}, which JSON doesn't have: leave the field out`);
  }
  return isList(value) ? printList(value, indent, freeForm, place) : printMap(value, indent, freeForm, place);
}

/** `Array.isArray` doesn't narrow a readonly list. */
function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function startsBelow(value: Json, text: string): boolean {
  return typeof value === 'object' && value !== null && text !== '{}' && text !== '[]';
}

/** YAML 1.1 takes `1e+21` for a string: its numbers with an exponent have a point. */
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

/** Most strings of a synth occur many times, and asking the package costs 4 µs: what it said, for the last ones. */
const printed = new Map<string, string>();

/** A string on one line: plain where every reader takes it for the same string, else in double quotes. */
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

import type { Json } from '../../documents/kubernetes';
import { nearest } from '../../documents/nearest';
import { isQuantity, nearestQuantity } from '../quantity';
import type { VersionRange } from '../release/version-range';
import { whenOf } from './other-releases';
import { type Check, isList, isObject, type Meant } from './schema-walk';

const integer = /^-?(0|[1-9]\d*)$/;

/** The check of each scalar type, by the type's name. */
export const scalars: readonly (readonly [type: string, check: Check])[] = [
  ['any', () => {}],
  ['string', scalar('a string', (value) => typeof value === 'string', quoted)],
  ['boolean', scalar('true or false', (value) => typeof value === 'boolean', unquoted(/^(true|false)$/))],
  ['integer', scalar('an integer', Number.isSafeInteger, unquoted(integer))],
  ['int-or-string', scalar('an integer or a string such as "25%"', isIntOrString)],
  ['quantity', scalar('a quantity such as 250m, 1.5 or 512Mi', isQuantity, meantQuantity)],
  ['time', scalar('a time such as "2026-01-31T12:00:00Z"', isTime)],
];

/**
 * @param meant computes the intended value of an invalid value; its `text` is the value as written in the file
 */
function scalar(
  expected: string,
  accepts: (value: Json) => boolean,
  meant?: (value: Json, text: string) => Meant | undefined,
): Check {
  return (value, walk) => {
    if (!accepts(value)) walk.reportValue(value, `is not ${expected}`, meant?.(value, walk.text(value)));
  };
}

function quoted(value: Json, text: string): Meant | undefined {
  return typeof value === 'number' || typeof value === 'boolean'
    ? { value: text, advice: `Write "${text}", with quotes.` }
    : undefined;
}

function unquoted(literal: RegExp): (value: Json) => Meant | undefined {
  return (value) =>
    typeof value === 'string' && literal.test(value)
      ? { value: JSON.parse(value) as Json, advice: `Write ${value}, without quotes.` }
      : undefined;
}

function meantQuantity(value: Json): Meant | undefined {
  return near(typeof value === 'string' ? nearestQuantity(value) : undefined);
}

function near(text: string | undefined): Meant | undefined {
  return text === undefined ? undefined : { value: text, advice: `Did you mean ${text}?` };
}

/** An enum value. */
export function oneValueOf(words: readonly string[]): Check {
  return scalar(
    words.join(' or '),
    (value) => words.some((word) => word === value),
    (value) => near(typeof value === 'string' ? nearest(value, words) : undefined),
  );
}

/** The maximum number of allowed values that a message lists. A longer list is counted. */
const maximumListed = 12;

/**
 * The check of an enum field of a built-in kind. Undefined if the field is not an enum. An empty string passes,
 * because the API server reads it as an absent field.
 *
 * @param others the same field in other releases: if one of them allows the value, the message names the release
 */
export function enumCheck(
  type: string,
  others: readonly { readonly type: string; readonly range: VersionRange }[],
  origin: { readonly name: string; readonly version: string | undefined },
): Check | undefined {
  const words = enumValues(type);
  if (words === undefined) return undefined;
  const check: Check = (value, walk) => {
    if (typeof value !== 'string') walk.reportValue(value, 'is not a string');
    if (typeof value !== 'string' || value === '' || words.includes(value)) return;
    const other = others.find((each) => enumValues(each.type)?.includes(value));
    const meant = nearest(value, words);
    const hint =
      (other !== undefined && `. This value is allowed ${whenOf(other.range, origin)}`) ||
      (meant !== undefined && `. Did you mean ${meant}?`) ||
      '';
    walk.report(
      `is ${JSON.stringify(value)}; it must be ${describeAllowed(words)}${hint}`,
      undefined,
      'enum-values',
    );
  };
  return type.endsWith('[]') ? list(check) : check;
}

function describeAllowed(words: readonly string[]): string {
  if (words.length > maximumListed) return `one of the ${words.length} values of the enum`;
  const shown = words.filter((word) => word !== '');
  return [shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter((part) => part !== '').join(' or ');
}

function enumValues(type: string): readonly string[] | undefined {
  return /^enum<(.*)>(\[\])?$/.exec(type)?.[1]?.split('|');
}

/** The check of an integer, with a range in the notation of the table: `0..`, `100..599`. */
export function range(text: string): Check {
  const [least = '', most = ''] = text.split('..');
  const accepts = (value: Json): boolean =>
    Number.isSafeInteger(value) &&
    (least === '' || Number(value) >= Number(least)) &&
    (most === '' || Number(value) <= Number(most));
  const bounds = [least && `at least ${least}`, most && `at most ${most}`].filter(Boolean).join(' and ');
  return scalar(`an integer of ${bounds}`, accepts, unquoted(integer));
}

/** The check of a list whose items have one type. */
export function list(item: Check): Check {
  return (value, walk) => {
    if (!isList(value)) {
      walk.reportValue(value, 'is not a list');
      return;
    }
    for (const [index, each] of value.entries()) walk.enter(index, each, item);
  };
}

/** The check of a map whose values have one type. */
export function mapOf(item: Check): Check {
  return (value, walk) => {
    if (!isObject(value)) {
      walk.reportValue(value, 'is not a map');
      return;
    }
    for (const key of Object.keys(value)) {
      const each = value[key];
      if (each !== undefined) walk.enter(key, each, item);
    }
  };
}

function isIntOrString(value: Json): boolean {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

/** Whether a value is a time in the format RFC 3339, as Kubernetes' types Time and MicroTime are. */
function isTime(value: Json): boolean {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return false;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value);
}

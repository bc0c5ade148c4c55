import { z } from 'zod';
import { addressBits, canonicalNetwork, contains, isWorldwide, overlap } from '../../../documents/cidr';
import { didYouMean, nearest } from '../../../documents/nearest';
import { privateRanges } from '../../../documents/topology';
import { placeholder } from '../../../documents/unresolved';
import { isServiceName } from '../../../kubernetes/names';
import { nearestQuantity } from '../../../kubernetes/quantity';
import * as rules from '../../../kubernetes/value-rule';
import { type ValueRule, type WholeNumberRule, wholeNumber } from '../../../kubernetes/value-rule';
import type { Unresolved } from './unresolved';

/** A key that a map may not have. */
export interface UnknownKey {
  readonly message: string;
  /** The suggested key. */
  readonly meant: string | undefined;
}

/**
 * The messages for the unknown keys of one issue, by zod's list of keys, because a zod issue has only one
 * text.
 */
const explained = new WeakMap<readonly string[], readonly UnknownKey[]>();

/** The messages of `strictObject` for the unknown keys of an issue, in their order. */
export function unknownKeysOf(issue: { readonly keys: readonly string[] }): readonly UnknownKey[] {
  return explained.get(issue.keys) ?? [];
}

/**
 * A private key of OpenSSL, OpenSSH or age. If it is pasted instead of the public key, it must not be logged.
 */
const privateKey = /PRIVATE KEY-----|AGE-SECRET-KEY-/i;

/** A short description of the actual value: `5 (a number)`, `null`, `a list`. */
function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string' && privateKey.test(value))
    return 'a private key (not shown), which must not be in the configuration';
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  return `${value} (a ${typeof value})`;
}

/** `is 5 (a number); it must be …`, or `is missing; it must be …`. */
export function wrong(input: unknown, right: string): string {
  return `${input === undefined ? 'is missing' : `is ${describe(input)}`}; it must be ${right}`;
}

/** A map with exactly these keys: any other is refused, with a suggestion. */
export function strictObject<Shape extends z.ZodRawShape>(shape: Shape, hints: Record<string, string> = {}) {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return wrong(issue.input, `a map with ${keys.join(', ')}`);
      const unknown = (issue as unknown as { keys: string[] }).keys;
      const found = unknown.map((key) => {
        const hint = hints[key];
        const wayOut = didYouMean(key, keys) || `; known are ${keys.join(', ')}`;
        return {
          message: hint ?? `unknown key${wayOut}`,
          meant: hint === undefined ? nearest(key, keys) : undefined,
        };
      });
      explained.set(unknown, found);
      return found.map(({ message }) => message).join(' ');
    },
  });
}

/**
 * A string with a rule; `right` completes the sentence "it must be …". A placeholder such as `unresolved` is
 * always refused.
 */
export function text(
  right: string,
  valid: (value: string) => boolean = (value) => value !== '',
  hint?: (input: unknown) => string,
) {
  return z
    .string({
      // For a quantity, the message does not suggest quotes: a number without a unit is probably a mistake.
      error: (issue) => `${wrong(issue.input, right)}${hint === undefined ? quoteHint(issue.input) : ''}`,
    })
    .refine(valid, { error: (issue) => `${wrong(issue.input, right)}${hint?.(issue.input) ?? ''}` })
    .refine((value) => value !== placeholder, {
      error: `is "${placeholder}", the word for an unknown value; choose another value, or write ${placeholder}: <the command that finds it>`,
    });
}

/** Text by a rule that the constructs share. */
export function ruled({ right, allows }: ValueRule<string>, hint?: (input: unknown) => string) {
  return text(right, allows, hint);
}

/** A number by a rule that the constructs share. */
export function counted({ right, minimum, maximum }: WholeNumberRule) {
  const error = (issue: { input?: unknown }) => wrong(issue.input, right);
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A whole number within limits; `unit` names what it counts. */
export function whole(minimum: number, maximum: number, unit = '') {
  return counted(wholeNumber(minimum, maximum, unit));
}

/** true or false. */
export const flag = z.boolean({ error: (issue) => wrong(issue.input, 'true or false') });

/** One of the allowed values. */
export function word<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, {
    error: (issue) =>
      `${wrong(issue.input, words.join(' or '))}${issue.input === undefined ? '' : didYouMean(String(issue.input), words)}`,
  });
}

/** A map from names that the operator chooses to values of one kind. */
export function named<Value extends z.ZodType>(name: z.ZodType<string, string>, value: Value) {
  return z.record(name, value, { error: (issue) => wrong(issue.input, 'a map') });
}

/** A list of values of one kind. */
export function listSchema<Value extends z.ZodType>(value: Value) {
  return z.array(value, { error: (issue) => wrong(issue.input, 'a list') });
}

/** A list without duplicates. */
export function distinct<Value extends z.ZodType<string>>(values: z.ZodArray<Value>) {
  return values.superRefine((all: readonly string[], context) => {
    const seen = new Set<string>();
    for (const [index, value] of all.entries()) {
      if (seen.has(value)) {
        const message = `is ${value}, which is already in the list; remove it`;
        context.addIssue({ code: 'custom', path: [index], message });
      }
      seen.add(value);
    }
  });
}

/**
 * The name of a Service, and so of a workload: a DNS label, which is the strictest rule for names (RFC 1035).
 */
export const serviceName = text(
  'a DNS label: 1 to 63 of a-z, 0-9 and "-", beginning with a letter and not ending with "-"',
  isServiceName,
);

/** The name of a ConfigMap, a Secret or a node: a DNS subdomain (RFC 1123), at most 253 long. */
export const objectNameSchema = ruled(rules.objectName);

/** A public host name, with at least two labels. */
export const hostNameSchema = ruled(rules.hostName);

/** A public address, or a documentation address. */
export const publicAddress = text(
  'a public IPv4 address such as 84.20.10.7, or one of 192.0.2.0/24 until the server has one',
  (value) => addressBits(value) === 32 && !unreachable.some((each) => contains(each, value)),
);

/** Private, loopback or reserved (RFC 6890). */
const unreachable = [...privateRanges, '0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'];

/** One IPv4 address. */
export const ipv4Address = text('an IPv4 address such as 192.0.2.10', (value) => addressBits(value) === 32);

/**
 * A CIDR in the form that firewalls print. With another form, ufw has a different rule, and Hetzner refuses
 * it.
 */
export function cidrSchema(right: string, allows: (value: string) => boolean) {
  return text(
    right,
    (value) => canonicalNetwork(value) === value && allows(value),
    (input) => {
      const meant = typeof input === 'string' ? canonicalNetwork(input) : undefined;
      return meant === undefined || meant === input ? '' : `; did you mean "${meant}"?`;
    },
  );
}

/** A range of public IPv4 addresses. */
export const publicIpv4Range = cidrSchema(
  'a range of public IPv4 addresses such as 173.245.48.0/20',
  (value) => !value.includes(':') && !isWorldwide(value) && !unreachable.some((each) => overlap(each, value)),
);

/** A private network (RFC 1918). */
export const privateRange = cidrSchema('a private IPv4 range such as 10.0.0.0/16', (value) =>
  ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].some((outer) => contains(outer, value)),
);

/** A range of public IPv6 addresses, in the space that is allocated so far. */
export const publicIpv6Range = cidrSchema(
  'a range of public IPv6 addresses such as 2400:cb00::/32',
  (value) => contains('2000::/3', value) && !isWorldwide(value),
);

/** A valid date. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A key of a ConfigMap or a Secret. */
export const dataKeySchema = ruled(rules.dataKey);

/** The name of an environment variable. */
export const variableNameSchema = text(
  'a variable name: letters, digits and "_", not beginning with a digit',
  (value) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(value),
);

/** The key of a label, with or without a prefix. */
export const labelKeySchema = ruled(rules.labelKey);

/** The value of a label. */
export const labelValueSchema = ruled(rules.labelValue);

/** An absolute path inside a container. */
export const containerPathSchema = ruled(rules.containerPath);

/** A port number. */
export const portNumber = counted(rules.port);

/** Text that a program reads. Blanks and line breaks around a URL become part of it, so requests fail. */
export const environmentText = text('text', () => true).refine(
  (value) => value.trim() === value || !/^[a-z][a-z0-9+.-]*:\/\//i.test(value.trim()),
  { error: 'has spaces or line breaks around the URL, which would become part of the URL; remove them' },
);

/** The path of a URL. */
export const urlPathSchema = ruled(rules.urlPath);

/** An amount of memory or storage, such as `128Mi`. */
export const bytesSchema = ruled(rules.bytes, quantityHint);

/** An amount of CPU, such as `100m`; Kubernetes knows nothing finer than 1m. */
export const cpuSchema = ruled(rules.cpu, quantityHint);

/** Suggests `512M` for `512MB`. */
function quantityHint(input: unknown): string {
  const meant = typeof input === 'string' ? nearestQuantity(input) : undefined;
  return meant === undefined || meant === input ? '' : `; did you mean "${meant}"?`;
}

/** A user id. 0 is root, which the namespace refuses. */
export const userIdSchema = counted(rules.userId);

const unresolved: z.ZodType<Unresolved, Unresolved> = strictObject({
  unresolved: text('the command that finds the value'),
});

/** A value, or `unresolved: <the command that finds it>`. */
export function resolvable<Value extends z.ZodType>(value: Value) {
  return z.union([value, unresolved]);
}

/** A marker that there are more entries, which only the operator can know. */
export const othersUnresolved = z
  .custom<Unresolved>(
    (value) => typeof (value as Partial<Unresolved> | null)?.unresolved === 'string',
    'is no "unresolved: <command>". Once the rest is known, add it to the entries next to this one, and remove "others"',
  )
  .exactOptional();

function quoteHint(input: unknown): string {
  return typeof input === 'number' || typeof input === 'boolean' ? ', in quotes' : '';
}

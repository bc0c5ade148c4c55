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

/** A key that is not allowed in a map. */
export interface UnknownKey {
  readonly message: string;
  /** The suggested key. */
  readonly meant: string | undefined;
}

/**
 * Messages for the unknown keys of an issue, stored by zod's list of those keys, because a zod issue has only
 * one message for all of them.
 */
const explained = new WeakMap<readonly string[], readonly UnknownKey[]>();

/** The messages that `strictObject` stored for the unknown keys of an issue, in the order of the keys. */
export function unknownKeysOf(issue: { readonly keys: readonly string[] }): readonly UnknownKey[] {
  return explained.get(issue.keys) ?? [];
}

/**
 * Matches a private key of OpenSSL, OpenSSH or age. If it is set instead of the public key, messages
 * must not print it.
 */
const privateKey = /PRIVATE KEY-----|AGE-SECRET-KEY-/i;

/** Describes a value for a message: `5 (a number)`, `null`, `a list`. */
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

/** A message: `is 5 (a number); it must be …`, or `is missing; it must be …`. */
export function wrong(input: unknown, right: string): string {
  return `${input === undefined ? 'is missing' : `is ${describe(input)}`}; it must be ${right}`;
}

/** A map with only these keys. For another key, the message suggests a similar allowed key. */
export function strictObject<Shape extends z.ZodRawShape>(shape: Shape, hints: Record<string, string> = {}) {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return wrong(issue.input, `a map with ${keys.join(', ')}`);
      const unknown = (issue as unknown as { keys: string[] }).keys;
      const found = unknown.map((key) => {
        const hint = hints[key];
        const suggestion = didYouMean(key, keys) || `; known are ${keys.join(', ')}`;
        return {
          message: hint ?? `unknown key${suggestion}`,
          meant: hint === undefined ? nearest(key, keys) : undefined,
        };
      });
      explained.set(unknown, found);
      return found.map(({ message }) => message).join(' ');
    },
  });
}

/**
 * A string that must satisfy a condition. `right` ends the message "it must be …". A placeholder such as
 * `unresolved` is always refused.
 */
export function text(
  right: string,
  valid: (value: string) => boolean = (value) => value !== '',
  hint?: (input: unknown) => string,
) {
  return z
    .string({
      // The message for a quantity does not suggest quotes, because a number without a unit is probably a
      // mistake.
      error: (issue) => `${wrong(issue.input, right)}${hint === undefined ? quoteHint(issue.input) : ''}`,
    })
    .refine(valid, { error: (issue) => `${wrong(issue.input, right)}${hint?.(issue.input) ?? ''}` })
    .refine((value) => value !== placeholder, {
      error: `is "${placeholder}", which marks an unknown value; set the actual value, or write ${placeholder}: <the command that finds it>`,
    });
}

/** A string that must satisfy a rule of the constructs. */
export function ruled({ right, allows }: ValueRule<string>, hint?: (input: unknown) => string) {
  return text(right, allows, hint);
}

/** A number that must satisfy a rule of the constructs. */
export function counted({ right, minimum, maximum }: WholeNumberRule) {
  const error = (issue: { input?: unknown }) => wrong(issue.input, right);
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A whole number between two limits. `unit` names what the number counts. */
export function whole(minimum: number, maximum: number, unit = '') {
  return counted(wholeNumber(minimum, maximum, unit));
}

/** An amount of money in euros a month, without VAT. */
export const euros = z
  .number({ error: (issue) => wrong(issue.input, 'euros a month without VAT, such as 19.5') })
  .min(0, { error: (issue) => wrong(issue.input, 'euros a month without VAT, at least 0') });

/** true or false. */
export const flag = z.boolean({ error: (issue) => wrong(issue.input, 'true or false') });

/** One of the allowed values. */
export function word<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, {
    error: (issue) =>
      `${wrong(issue.input, words.join(' or '))}${issue.input === undefined ? '' : didYouMean(String(issue.input), words)}`,
  });
}

/** A map whose keys are names that the configuration chooses, such as those of workloads. */
export function named<Value extends z.ZodType>(name: z.ZodType<string, string>, value: Value) {
  return z.record(name, value, { error: (issue) => wrong(issue.input, 'a map') });
}

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
 * The name of a workload and of its Service: a DNS label (RFC 1035), the strictest rule for names in
 * Kubernetes.
 */
export const serviceName = text(
  'a DNS label: 1 to 63 of a-z, 0-9 and "-", beginning with a letter and not ending with "-"',
  isServiceName,
);

/** The name of a ConfigMap, a Secret or a node: a DNS subdomain (RFC 1123) of at most 253 characters. */
export const objectNameSchema = ruled(rules.objectName);

/** A public host name, with at least two labels. */
export const hostNameSchema = ruled(rules.hostName);

/** A public IPv4 address, or one from a documentation range. */
export const publicAddress = text(
  'a public IPv4 address such as 84.20.10.7, or one of 192.0.2.0/24 until the server has an address',
  (value) => addressBits(value) === 32 && !unreachable.some((each) => contains(each, value)),
);

/** Private, loopback and reserved ranges (RFC 6890). */
const unreachable = [...privateRanges, '0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'];

/** One IPv4 address. */
export const ipv4Address = text('an IPv4 address such as 192.0.2.10', (value) => addressBits(value) === 32);

/**
 * A range whose address is its network address. For other ranges, ufw creates another rule than the
 * configuration says, and Hetzner refuses the rule.
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

/** A range of public IPv6 addresses, in 2000::/3, the only space that is allocated. */
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

/**
 * The value of a variable. Spaces or line breaks around a URL are refused, because programs would use them as
 * part of the URL.
 */
export const environmentText = text('a string', () => true).refine(
  (value) => value.trim() === value || !/^[a-z][a-z0-9+.-]*:\/\//i.test(value.trim()),
  { error: 'has spaces or line breaks around the URL, which would become part of the URL; remove them' },
);

/** The path of a URL. */
export const urlPathSchema = ruled(rules.urlPath);

/** An amount of memory or storage, such as `128Mi`. */
export const bytesSchema = ruled(rules.bytes, quantityHint);

/** An amount of CPU, such as `100m`. The smallest unit in Kubernetes is 1m. */
export const cpuSchema = ruled(rules.cpu, quantityHint);

/** Suggests `512M` for `512MB`. */
function quantityHint(input: unknown): string {
  const meant = typeof input === 'string' ? nearestQuantity(input) : undefined;
  return meant === undefined || meant === input ? '' : `; did you mean "${meant}"?`;
}

/** A user id. 0 is root, which the Pod Security level of the namespace forbids. */
export const userIdSchema = counted(rules.userId);

const unresolved: z.ZodType<Unresolved, Unresolved> = strictObject({
  unresolved: text('the command that finds the value'),
});

/** A value, or `unresolved: <the command that shows it>`. */
export function resolvable<Value extends z.ZodType>(value: Value) {
  return z.union([value, unresolved]);
}

/**
 * A marker that the list is not complete, because only the person who runs the cluster knows the other
 * entries.
 */
export const othersUnresolved = z
  .custom<Unresolved>(
    (value) => typeof (value as Partial<Unresolved> | null)?.unresolved === 'string',
    'must be "unresolved: <command>", with a command that lists the missing entries. If you know the entries, add them to the list, and remove "others"',
  )
  .exactOptional();

function quoteHint(input: unknown): string {
  return typeof input === 'number' || typeof input === 'boolean' ? ', in quotes' : '';
}

import { placeholder } from '../documents/unresolved';
import {
  isDataKey,
  isDnsLabel,
  isDnsSubdomain,
  isEnvironmentName,
  isLabelValue,
  isQualifiedName,
  isServiceName,
} from './names';
import { parseQuantity } from './quantity';
import { parseRedisMemory } from './redis/redis-memory';
import { isSchedule } from './schedule';

/**
 * Which values of a setting are valid. The configuration and the props of constructs share these rules. `right`
 * completes the sentence "it must be …".
 */
export interface ValueRule<Value> {
  readonly right: string;
  readonly allows: (value: Value) => boolean;
}

export interface WholeNumberRule extends ValueRule<number> {
  readonly minimum: number;
  readonly maximum: number;
}

/** An integer from a minimum to a maximum. `unit` is appended to `right`. */
export function wholeNumber(minimum: number, maximum: number, unit = ''): WholeNumberRule {
  return {
    minimum,
    maximum,
    right: `an integer from ${minimum} to ${maximum}${unit}`,
    allows: (value) => Number.isInteger(value) && minimum <= value && value <= maximum,
  };
}

/** A number of seconds, at most one day. A larger number is assumed to be a mistake. */
export function seconds(minimum: number): WholeNumberRule {
  return wholeNumber(minimum, 86_400, ' seconds');
}

/** An enum value. */
export function oneOf(words: readonly string[]): ValueRule<string> {
  return { right: words.join(' or '), allows: (value) => words.includes(value) };
}

/** A user id. 0 is not valid, because Pod Security "restricted" refuses root. */
export const userId = wholeNumber(1, 2_147_483_647, ' (0 is root, which Pod Security "restricted" refuses)');

/**
 * The target utilization of an autoscaler, in percent of the request. It may exceed 100, because pods can use more
 * than they request.
 */
export const percentOfRequest = wholeNumber(1, 1000, ' percent of the request');

/** A port on which a container without privileges can listen. */
export const unprivilegedPort = wholeNumber(
  1024,
  65_535,
  ' (a port below 1024 needs a privilege that the namespace does not allow)',
);

/** Number of replicas. */
export const podCount = wholeNumber(1, 1000);

export const failureThreshold = wholeNumber(1, 1000);

/** The revision of a Secret, a number that a person raises after changing the Secret. */
export const revision = wholeNumber(1, 1_000_000);

/** How often a Job is tried. */
export const attempts = wholeNumber(1, 10);

/** The name of a ConfigMap, a Secret, a volume claim or a node. */
export const objectName: ValueRule<string> = {
  right: 'a DNS subdomain: 1 to 253 characters of a-z, 0-9, "-" and "."',
  allows: isDnsSubdomain,
};

const repositoryPattern = '(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?/)?[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*';
const tagPattern = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';

export const imageRepository: ValueRule<string> = {
  right: 'a repository without tag or digest, such as registry.example.com/team/api',
  allows: matches(repositoryPattern),
};

export const imageTag: ValueRule<string> = { right: 'a tag', allows: matches(tagPattern) };

/** An image with tag and digest. Instead of a digest, a placeholder is valid here; the kubelet refuses it. */
export const imageReference: ValueRule<string> = {
  right: 'an image such as registry.example.com/team/api:v2@sha256:… (64 hexadecimal digits)',
  allows: matches(`${repositoryPattern}(?::${tagPattern})?(?:@sha256:(?:[0-9a-f]{64}|${placeholder}))?`),
};

export const volumeName: ValueRule<string> = {
  right: 'a DNS label: 1 to 63 characters of a-z, 0-9 and "-"',
  allows: isDnsLabel,
};

/** The path at which a container mounts a volume. */
export const containerPath: ValueRule<string> = {
  right: 'an absolute path below "/", without ".." and ":"',
  allows: (value) => /^\/+[^:/][^:]*$/.test(value) && !value.split('/').includes('..'),
};

export const pathInVolume: ValueRule<string> = {
  right: 'a relative path without ".."',
  allows: (value) => value !== '' && !value.startsWith('/') && !value.split('/').includes('..'),
};

/** A public host name, which has at least two labels. */
export const hostName: ValueRule<string> = {
  right: 'a host name such as api.example.com',
  allows: (value) => {
    const labels = value.split('.');
    const last = labels.at(-1) ?? '';
    return value.length <= 253 && labels.length > 1 && labels.every(isDnsLabel) && isServiceName(last);
  },
};

/** Any port. */
export const port = wholeNumber(1, 65_535);

/** The path of a URL. */
export const urlPath: ValueRule<string> = {
  right: 'a path that begins with "/" and has only characters that a URL may contain',
  allows: matches("/[\\w.~!$&'()*+,;=:@%/-]*"),
};

/** The maxmemory of a Redis. Less than 1mb is assumed to be a mistake, because an empty Redis already needs more. */
export const redisMaxMemory: ValueRule<string> = {
  right: 'an amount of memory in the notation of Redis, at least 1mb, such as 256mb',
  allows: (value) => (parseRedisMemory(value) ?? 0) >= 2 ** 20,
};

export const dataKey: ValueRule<string> = {
  right: 'a key: 1 to 253 letters, digits, "-", "_" and "."',
  allows: isDataKey,
};

export const environmentName: ValueRule<string> = {
  right: 'a name of printable characters without "="',
  allows: isEnvironmentName,
};

export const labelKey: ValueRule<string> = {
  right: 'a label key such as example.com/disk',
  allows: isQualifiedName,
};

export const labelValue: ValueRule<string> = {
  right: 'a label value: at most 63 letters, digits, "-", "_" and "."',
  allows: isLabelValue,
};

export const annotationKey: ValueRule<string> = {
  right: 'an annotation key such as example.com/team',
  allows: isQualifiedName,
};

/** Any string, also an empty one. */
export const anyText: ValueRule<string> = { right: 'a string', allows: () => true };

/** A sentence that a person reads. */
export const sentence: ValueRule<string> = { right: 'a sentence', allows: (value) => value.trim() !== '' };

/** The name or the path of a program. */
export const program: ValueRule<string> = {
  right: 'the name or path of a program',
  allows: (value) => value !== '',
};

/** How much of an extended resource a container gets: an integer, because Kubernetes assigns no fractions. */
export const extendedCount = wholeNumber(1, 1000);

/**
 * The name of an extended resource. Names without a prefix and names with the prefix kubernetes.io are reserved for
 * Kubernetes.
 */
export const extendedResource: ValueRule<string> = {
  right: 'the name of an extended resource, with its prefix, such as nvidia.com/gpu',
  allows: (value) => isQualifiedName(value) && /^(?!(.*\.)?kubernetes\.io\/)[^/]+\//.test(value),
};

/** The schedule of a CronJob or of k3s' snapshots: macros such as @daily and time zones are not valid. */
export const jobSchedule: ValueRule<string> = {
  right: 'a cron schedule with five fields, such as "17 3 * * *"',
  allows: (value) => isSchedule(value) && !/^@|\n|=/.test(value),
};

/** A name in the time zone database. */
export const timeZone: ValueRule<string> = {
  right: 'a time zone such as Etc/UTC or Europe/Berlin',
  allows: (value) => /^[A-Z]\w*(\/[A-Z][\w+-]*)*$/.test(value) && value !== 'Local',
};

export const metricName: ValueRule<string> = {
  right: 'the name of a metric, without spaces',
  allows: (value) => /^\S+$/.test(value),
};

export const positiveQuantity = quantityRule('a quantity above 0 such as 30 or 500m', () => true);

export const bytes = quantityRule('a quantity of bytes such as 128Mi or 5Gi', Number.isInteger);

/** An amount of CPU. The smallest amount in Kubernetes is 1m. */
export const cpu = quantityRule('a quantity of CPU such as 100m or 1', (cores) => {
  const millicores = cores * 1000;
  return Math.abs(millicores - Math.round(millicores)) < 1e-6;
});

function matches(pattern: string): (value: string) => boolean {
  const whole = new RegExp(`^${pattern}$`);
  return (value) => whole.test(value);
}

function quantityRule(right: string, allows: (amount: number) => boolean): ValueRule<string> {
  return {
    right,
    allows: (value) => {
      const amount = parseQuantity(value) ?? 0;
      return amount > 0 && allows(amount);
    },
  };
}

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
 * The valid values of a setting. The configuration and the props of constructs use the same rules and words. `right`
 * completes "it must be …".
 */
export interface ValueRule<Value> {
  readonly right: string;
  readonly allows: (value: Value) => boolean;
}

export interface WholeNumberRule extends ValueRule<number> {
  readonly minimum: number;
  readonly maximum: number;
}

/** An integer within limits. `unit` is appended to the message. */
export function wholeNumber(minimum: number, maximum: number, unit = ''): WholeNumberRule {
  return {
    minimum,
    maximum,
    right: `an integer from ${minimum} to ${maximum}${unit}`,
    allows: (value) => Number.isInteger(value) && minimum <= value && value <= maximum,
  };
}

/** Seconds up to a day. A larger number is assumed to be a mistake. */
export function seconds(minimum: number): WholeNumberRule {
  return wholeNumber(minimum, 86_400, ' seconds');
}

/** An enum value. */
export function oneOf(words: readonly string[]): ValueRule<string> {
  return { right: words.join(' or '), allows: (value) => words.includes(value) };
}

/** A user id above 0: Pod Security "restricted" refuses root. */
export const userId = wholeNumber(1, 2_147_483_647, ' (0 is root, which Pod Security "restricted" refuses)');

/** Target utilization of an autoscaler. Above 100, pods use more than they request. */
export const percentOfRequest = wholeNumber(1, 1000, ' percent of the request');

/** A port that a container without privileges can listen on. */
export const unprivilegedPort = wholeNumber(
  1024,
  65_535,
  ' (a port below 1024 needs a privilege that the namespace refuses)',
);

/** Number of replicas. */
export const podCount = wholeNumber(1, 1000);

/** failureThreshold of a probe. */
export const failureThreshold = wholeNumber(1, 1000);

/** Revision of a Secret: how often its operator has changed it. */
export const revision = wholeNumber(1, 1_000_000);

/** Number of tries of a Job. */
export const attempts = wholeNumber(1, 10);

/** The name of a ConfigMap, a Secret, a claim or a node. */
export const objectName: ValueRule<string> = {
  right: 'a DNS subdomain: 1 to 253 characters of a-z, 0-9, "-" and "."',
  allows: isDnsSubdomain,
};

const repositoryPattern = '(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?/)?[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*';
const tagPattern = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';

/** The repository of an image. */
export const imageRepository: ValueRule<string> = {
  right: 'a repository without tag or digest, such as registry.example.com/team/api',
  allows: matches(repositoryPattern),
};

export const imageTag: ValueRule<string> = { right: 'a tag', allows: matches(tagPattern) };

/** An image with tag and digest. The digest may be a placeholder, which the kubelet refuses. */
export const imageReference: ValueRule<string> = {
  right: 'an image such as registry.example.com/team/api:v2@sha256:… (64 hexadecimal digits)',
  allows: matches(`${repositoryPattern}(?::${tagPattern})?(?:@sha256:(?:[0-9a-f]{64}|${placeholder}))?`),
};

/** The name of a volume of a pod. */
export const volumeName: ValueRule<string> = {
  right: 'a DNS label: 1 to 63 characters of a-z, 0-9 and "-"',
  allows: isDnsLabel,
};

/** The mount path of a volume. */
export const containerPath: ValueRule<string> = {
  right: 'an absolute path below "/", without ".." and ":"',
  allows: (value) => /^\/+[^:/][^:]*$/.test(value) && !value.split('/').includes('..'),
};

/** A path within a volume. */
export const pathInVolume: ValueRule<string> = {
  right: 'a relative path without ".."',
  allows: (value) => value !== '' && !value.startsWith('/') && !value.split('/').includes('..'),
};

/** A public host name, with at least two labels. */
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
  right: 'a path that begins with "/" and has only characters of URLs',
  allows: matches("/[\\w.~!$&'()*+,;=:@%/-]*"),
};

/** maxmemory of a Redis. Less than 1mb is assumed to be a mistake: an empty Redis needs more. */
export const redisMaxMemory: ValueRule<string> = {
  right: 'an amount in the notation of Redis of at least 1mb, such as 256mb',
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

/** Text of any kind, which may be empty. */
export const anyText: ValueRule<string> = { right: 'text', allows: () => true };

/** A sentence for people. */
export const sentence: ValueRule<string> = { right: 'a sentence', allows: (value) => value.trim() !== '' };

/** A program, or the path of one. */
export const program: ValueRule<string> = { right: 'a program', allows: (value) => value !== '' };

/** How many of an extended resource a container gets; Kubernetes allocates whole ones. */
export const extendedCount = wholeNumber(1, 1000);

/** The name of an extended resource. Names without a prefix, and those of kubernetes.io, are Kubernetes' own. */
export const extendedResource: ValueRule<string> = {
  right: 'the name of an extended resource, with its prefix, such as nvidia.com/gpu',
  allows: (value) => isQualifiedName(value) && /^(?!(.*\.)?kubernetes\.io\/)[^/]+\//.test(value),
};

/** When a job runs, as a person states it: without macros and a time zone. */
export const jobSchedule: ValueRule<string> = {
  right: 'five fields such as "17 3 * * *"',
  allows: (value) => isSchedule(value) && !/^@|\n|=/.test(value),
};

/** A name of the time zone database. */
export const timeZone: ValueRule<string> = {
  right: 'a time zone such as Etc/UTC or Europe/Berlin',
  allows: (value) => /^[A-Z]\w*(\/[A-Z][\w+-]*)*$/.test(value) && value !== 'Local',
};

/** The name of a metric. */
export const metricName: ValueRule<string> = {
  right: 'the name of a metric, without blanks',
  allows: (value) => /^\S+$/.test(value),
};

/** Any amount above zero. */
export const positiveQuantity = quantityRule('a quantity above 0 such as 30 or 500m', () => true);

/** An amount of memory or storage. */
export const bytes = quantityRule('a quantity of bytes such as 128Mi or 5Gi', Number.isInteger);

/** An amount of CPU. The smallest unit of Kubernetes is 1m. */
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

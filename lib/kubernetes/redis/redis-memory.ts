const units: Readonly<Record<string, number>> = {
  ...{ '': 1, b: 1, k: 1e3, m: 1e6, g: 1e9 },
  ...{ kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 },
};

/**
 * An amount of memory as Redis writes it (`256mb`), in bytes. Its `mb` are powers of two, unlike `m`.
 *
 * @returns undefined for anything else
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/config-file/
 */
export function parseRedisMemory(text: string): number | undefined {
  const match = /^([1-9]\d*)(b|[kmg]b?)?$/.exec(text.toLowerCase());
  return match === null ? undefined : Number(match[1]) * (units[match[2] ?? ''] ?? 1);
}

/** What Redis may do when it is full: refuse writes, or drop keys. */
export const maxmemoryPolicies = [
  'noeviction',
  'allkeys-lru',
  'allkeys-lfu',
  'volatile-lru',
  'volatile-lfu',
  'volatile-ttl',
] as const;

/** When Redis brings its writes to the disk. */
export const appendfsyncs = ['everysec', 'always', 'no'] as const;

/**
 * What a Redis of so much data may come to need: rewriting the append-only file forks, and in the worst case
 * every page is written to, and so copied, meanwhile.
 */
export function memoryWithFork(maxmemory: number): number {
  return 2 * maxmemory;
}

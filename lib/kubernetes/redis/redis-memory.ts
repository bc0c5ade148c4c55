const units: Readonly<Record<string, number>> = {
  ...{ '': 1, b: 1, k: 1e3, m: 1e6, g: 1e9 },
  ...{ kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 },
};

/**
 * Parses an amount of memory in the notation of Redis (`256mb`), in bytes. `mb` is a power of two, `m` is not.
 *
 * @returns undefined for other text
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/config-file/
 */
export function parseRedisMemory(text: string): number | undefined {
  const match = /^([1-9]\d*)(b|[kmg]b?)?$/.exec(text.toLowerCase());
  return match === null ? undefined : Number(match[1]) * (units[match[2] ?? ''] ?? 1);
}

/** What Redis does when it is full: refuse writes, or delete keys. */
export const maxmemoryPolicies = [
  'noeviction',
  'allkeys-lru',
  'allkeys-lfu',
  'volatile-lru',
  'volatile-lfu',
  'volatile-ttl',
] as const;

/** When Redis writes the append-only file to disk. */
export const appendfsyncs = ['everysec', 'always', 'no'] as const;

/**
 * Memory that a Redis with this much data may need: it forks to rewrite the append-only file, and in the worst case
 * copies every page.
 */
export function memoryWithFork(maxmemory: number): number {
  return 2 * maxmemory;
}

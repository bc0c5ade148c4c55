const units: Readonly<Record<string, number>> = {
  ...{ '': 1, b: 1, k: 1e3, m: 1e6, g: 1e9 },
  ...{ kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 },
};

/**
 * Converts an amount of memory in the notation of Redis, such as `256mb`, to bytes. `mb` is 1024 * 1024
 * bytes, `m` is 1,000,000 bytes.
 *
 * @returns undefined for a string in another notation
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/config-file/
 */
export function parseRedisMemory(text: string): number | undefined {
  const match = /^([1-9]\d*)(b|[kmg]b?)?$/.exec(text.toLowerCase());
  return match === null ? undefined : Number(match[1]) * (units[match[2] ?? ''] ?? 1);
}

/** The values of maxmemory-policy: a full Redis refuses writes (noeviction), or deletes keys. */
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
 * Memory that a Redis with this maxmemory may need. To rewrite the append-only file, Redis forks; in the
 * worst case every page of memory is copied.
 */
export function memoryWithFork(maxmemory: number): number {
  return 2 * maxmemory;
}

import { parseQuantity } from '../../../kubernetes/quantity';
import { maxmemoryOf } from '../../../kubernetes/redis/maxmemory';
import { memoryWithFork, parseRedisMemory } from '../../../kubernetes/redis/redis-memory';
import { servingContainers } from '../parts';
import { rule } from '../rule';

export const redisMaxmemory = rule({
  id: 'redis-maxmemory',
  sentence: 'maxmemory of Redis is at most half of the memory limit of its container.',
  why: 'Redis forks to rewrite the append-only file and may copy every page. If Redis exceeds the memory limit, the kernel kills Redis during the rewrite.',
  source: 'https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/',
  severity: 'high',
  fix: 'Lower maxmemory, or raise the memory limit.',
  rare: true,
  parts: servingContainers,
  faults: (value, manifests) => {
    const stated = maxmemoryOf(value, manifests);
    if (stated === undefined) return undefined;
    const { limits } = value.container.resources ?? {};
    const data = parseRedisMemory(stated.text);
    const limit = parseQuantity(String(limits?.['memory'] ?? ''));
    const found = `has ${stated.found} and a memory limit of ${limits?.['memory'] ?? 'none'}`;
    const { path } = stated;
    if (data === undefined) return [{ path, found, must: 'have a maxmemory such as 256mb' }];
    return [
      (limit === undefined || memoryWithFork(data) > limit) && {
        path,
        found,
        must: 'have a maxmemory of at most half of the memory limit',
      },
    ];
  },
});

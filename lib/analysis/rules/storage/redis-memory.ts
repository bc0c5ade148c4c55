import { parseQuantity } from '../../../kubernetes/quantity';
import { memoryWithFork, parseRedisMemory } from '../../../kubernetes/redis-memory';
import { servingContainers } from '../parts';
import { rule } from '../rule';

export const redisMemory = rule({
  id: 'redis-memory',
  sentence: 'A Redis may hold at most half of the memory that it is given.',
  why: 'Rewriting the append-only file forks, and may copy every page: past the limit the server is killed in the middle of it.',
  source: 'https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/',
  severity: 'high',
  fix: 'Halve --maxmemory, or raise the memory limit.',
  rare: true,
  parts: servingContainers,
  faults: ({ container: { args = [], command = [], resources } }) => {
    const words = [...command, ...args];
    const index = words.indexOf('--maxmemory');
    if (index === -1) return undefined;
    const text = words[index + 1] ?? '';
    const data = parseRedisMemory(text);
    const limit = parseQuantity(String(resources?.limits?.['memory'] ?? ''));
    const found = `has --maxmemory ${text} and a memory limit of ${resources?.limits?.['memory'] ?? 'none'}`;
    if (data === undefined) return [{ path: 'args', found, must: 'have an amount such as 256mb' }];
    return [
      (limit === undefined || memoryWithFork(data) > limit) && {
        path: 'args',
        found,
        must: 'have at most half of it',
      },
    ];
  },
});

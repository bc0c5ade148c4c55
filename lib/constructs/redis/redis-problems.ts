import { parseQuantity } from '../../kubernetes/quantity';
import {
  appendfsyncs,
  maxmemoryPolicies,
  memoryWithFork,
  parseRedisMemory,
} from '../../kubernetes/redis/redis-memory';
import { bytes, labelKey, labelValue, objectName, oneOf, redisMaxMemory } from '../../kubernetes/value-rule';
import { secretKeyProblems } from '../parts/environment';
import { podProblems } from '../parts/pod';
import { type PropProblem, ruleProblem } from '../props-error';
import type { PinnedRedisProps } from './redis-props';

/** Reports invalid props of a Redis server, except `name`. */
export function redisProblems(
  props: PinnedRedisProps & { readonly maxmemory: string },
): (PropProblem | undefined)[] {
  const labels = Object.entries(props.nodeLabel);
  const noLabel = {
    path: ['nodeLabel'],
    message: 'is empty; set it to the label of the node that has the volume',
  };
  return [
    ...podProblems(props, ['data']),
    ...secretKeyProblems(['password'], props.password),
    ...(labels.length === 0 ? [noLabel] : []),
    ...labels.flatMap(([key, value]) => [
      labelKey.allows(key)
        ? undefined
        : { path: ['nodeLabel', key], message: `is not a valid label key; it must be ${labelKey.right}` },
      ruleProblem(['nodeLabel', key], value, labelValue),
    ]),
    ruleProblem(['storage', 'claim'], props.storage.claim, objectName),
    ruleProblem(['storage', 'size'], props.storage.size, bytes),
    ruleProblem(['storage', 'class'], props.storage.class, objectName),
    ruleProblem(['maxmemoryPolicy'], props.maxmemoryPolicy, oneOf(maxmemoryPolicies)),
    ruleProblem(['appendfsync'], props.appendfsync, oneOf(appendfsyncs)),
    memoryProblem(props),
  ];
}

function memoryProblem({
  maxmemory,
  resources,
}: PinnedRedisProps & { readonly maxmemory: string }): PropProblem | undefined {
  const malformed = ruleProblem(['maxmemory'], maxmemory, redisMaxMemory);
  if (malformed !== undefined) return malformed;
  const needed = memoryWithFork(parseRedisMemory(maxmemory) ?? 0);
  if (needed <= (parseQuantity(resources.memory.limit) ?? 0)) return undefined;
  const message = `is ${maxmemory}, but Redis can use twice as much memory while it rewrites the append-only file. That exceeds the memory limit of ${resources.memory.limit}, and the server would be killed. Halve maxmemory, or raise resources.memory.limit`;
  return { path: ['maxmemory'], message };
}

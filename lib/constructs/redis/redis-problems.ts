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

/** What is wrong with the props of a Redis but its name. */
export function redisProblems(
  props: PinnedRedisProps & { readonly maxmemory: string },
): (PropProblem | undefined)[] {
  const labels = Object.entries(props.nodeLabel);
  const noLabel = {
    path: ['nodeLabel'],
    message: 'is empty; name the label of the node that has the volume',
  };
  return [
    ...podProblems(props, ['data']),
    ...secretKeyProblems(['password'], props.password),
    ...(labels.length === 0 ? [noLabel] : []),
    ...labels.flatMap(([key, value]) => [
      labelKey.allows(key)
        ? undefined
        : { path: ['nodeLabel', key], message: `can't be a label; its key must be ${labelKey.right}` },
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
  const message = `is ${maxmemory}; rewriting the append-only file may double it, past the memory limit of ${resources.memory.limit}, and the server is killed. Halve it, or raise resources.memory.limit`;
  return { path: ['maxmemory'], message };
}

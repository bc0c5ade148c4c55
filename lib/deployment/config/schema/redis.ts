import { z } from 'zod';
import { parseQuantity } from '../../../kubernetes/quantity';
import {
  appendfsyncs,
  maxmemoryPolicies,
  memoryWithFork,
  parseRedisMemory,
} from '../../../kubernetes/redis/redis-memory';
import * as rules from '../../../kubernetes/value-rule';
import { podExtrasShape, resourcesSchema, secretKey } from './container';
import { patchSchema } from './field-schema';
import {
  bytesSchema,
  labelKeySchema,
  labelValueSchema,
  named,
  objectNameSchema,
  resolvable,
  ruled,
  serviceName,
  strictObject,
  userIdSchema,
  word,
} from './primitives';

export const redis = strictObject(
  {
    kind: z.literal('Redis'),
    image: serviceName,
    user: resolvable(userIdSchema),
    nodeLabel: named(labelKeySchema, labelValueSchema),
    storage: strictObject({ claim: objectNameSchema, size: bytesSchema, class: objectNameSchema }),
    maxmemory: ruled(rules.redisMaxMemory, () => ''),
    maxmemoryPolicy: word(...maxmemoryPolicies),
    appendfsync: word(...appendfsyncs),
    password: secretKey,
    resources: resourcesSchema,
    ...podExtrasShape,
    patch: patchSchema(
      'deployment',
      'service',
      'disruptionBudget',
      'serviceAccount',
      'claim',
    ).exactOptional(),
  },
  {
    replicas:
      'two Redis servers would corrupt the append-only file, so Redis runs only one pod; remove replicas',
  },
).superRefine(({ maxmemory, resources: { memory } }, context) => {
  const needed = memoryWithFork(parseRedisMemory(maxmemory) ?? 0);
  if (needed <= (parseQuantity(memory.limit) ?? 0)) return;
  const message = `is ${maxmemory}; while Redis rewrites the append-only file, it can use twice as much memory. That is above the memory limit of ${memory.limit}, so the kernel would kill Redis. Halve maxmemory, or raise resources.memory.limit`;
  context.addIssue({ code: 'custom', path: ['maxmemory'], message });
});

export type Redis = z.output<typeof redis>;

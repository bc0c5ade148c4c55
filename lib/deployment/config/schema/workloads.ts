import { z } from 'zod';
import { didYouMean } from '../../../documents/nearest';
import { parseQuantity } from '../../../kubernetes/quantity';
import {
  appendfsyncs,
  maxmemoryPolicies,
  memoryWithFork,
  parseRedisMemory,
} from '../../../kubernetes/redis/redis-memory';
import * as rules from '../../../kubernetes/value-rule';
import { postgresBackup } from './backup';
import {
  containerSchemaFields,
  probe,
  resourcesSchema,
  type SecretKeyConfig,
  secondsSchema,
  secretKey,
} from './container';
import { metricsAgent, redisExporter, serviceMetrics, workerMetrics } from './observability';
import {
  bytesSchema,
  counted,
  flag,
  hostNameSchema,
  labelKeySchema,
  labelValueSchema,
  listSchema,
  named,
  objectNameSchema,
  resolvable,
  ruled,
  serviceName,
  strictObject,
  text,
  userIdSchema,
  whole,
  word,
  wrong,
} from './primitives';
import { isUnresolved } from './unresolved';

const autoscaling = strictObject({
  enabled: flag,
  maxReplicas: counted(rules.podCount),
  cpuPercent: counted(rules.percentOfRequest),
  memoryPercent: counted(rules.percentOfRequest),
  usualMemory: bytesSchema.exactOptional(),
});

const webService = strictObject({
  kind: z.literal('WebService'),
  ...containerSchemaFields,
  replicas: counted(rules.podCount),
  minAvailable: whole(0, 1000),
  port: counted(rules.unprivilegedPort),
  hosts: listSchema(hostNameSchema).exactOptional(),
  basicAuth: objectNameSchema.exactOptional(),
  probes: strictObject({ startup: probe, readiness: probe, liveness: probe.exactOptional() }),
  autoscaling: autoscaling.exactOptional(),
  metrics: serviceMetrics.exactOptional(),
}).superRefine((service, context) => {
  if (service.minAvailable >= service.replicas && service.replicas > 1) {
    context.addIssue({
      code: 'custom',
      path: ['minAvailable'],
      message: `is ${service.minAvailable} of ${service.replicas} replicas, so no node could be drained; it must be at most ${service.replicas - 1}`,
    });
  }
  if (service.replicas === 1 && service.minAvailable > 0) {
    context.addIssue({
      code: 'custom',
      path: ['minAvailable'],
      message: `is ${service.minAvailable} of one replica, so its node could not be drained; it must be 0, or replicas at least 2`,
    });
  }
  const scaling = service.autoscaling;
  if (scaling !== undefined && scaling.maxReplicas < service.replicas) {
    context.addIssue({
      code: 'custom',
      path: ['autoscaling', 'maxReplicas'],
      message: `is ${scaling.maxReplicas}, below replicas (${service.replicas}), from which scaling starts; it must be at least ${service.replicas}`,
    });
  }
});

const singletonWorker = strictObject(
  {
    kind: z.literal('SingletonWorker'),
    ...containerSchemaFields,
    reason: text('why it must not run twice').exactOptional(),
    metrics: workerMetrics.exactOptional(),
  },
  {
    replicas:
      "a SingletonWorker runs once: asynq's scheduler is not leader-elected and would fire every job twice. Remove replicas, or use kind: WebService",
    port: 'a SingletonWorker has no port and so no Service; remove it, or use kind: WebService',
    probes: 'a SingletonWorker has no port to probe; remove it, or use kind: WebService',
  },
);

const redis = strictObject(
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
  },
  { replicas: 'two servers on one append-only file corrupt it, so Redis runs once; remove replicas' },
).superRefine(({ maxmemory, resources: { memory } }, context) => {
  const needed = memoryWithFork(parseRedisMemory(maxmemory) ?? 0);
  if (needed <= (parseQuantity(memory.limit) ?? 0)) return;
  const message = `is ${maxmemory}; rewriting the append-only file may double it, past the memory limit of ${memory.limit}, and the server is killed. Halve it, or raise resources.memory.limit`;
  context.addIssue({ code: 'custom', path: ['maxmemory'], message });
});

const migrationJob = strictObject({
  kind: z.literal('MigrationJob'),
  ...containerSchemaFields,
  command: resolvable(
    listSchema(text('text', () => true))
      .min(1, 'is empty; name a program')
      .refine(([program]) => program !== '', { path: [0], error: 'is ""; it must be a program' }),
  ),
  deadlineSeconds: secondsSchema(1),
  attempts: counted(rules.attempts),
});

const variants = [
  webService,
  singletonWorker,
  redis,
  migrationJob,
  metricsAgent,
  redisExporter,
  postgresBackup,
] as const;
const kinds = variants.map(({ shape }) => shape.kind.value);
const oneOf = `one of ${kinds.join(', ')}`;

/** Any workload; its `kind` says which other keys it has. */
export const workload = z.discriminatedUnion('kind', variants, {
  error: ({ input }) => {
    if (typeof input !== 'object' || input === null) return wrong(input, `a map with a kind: ${oneOf}`);
    const kind = (input as { kind?: unknown }).kind;
    return `${wrong(kind, oneOf)}${typeof kind === 'string' ? didYouMean(kind, kinds) : ''}`;
  },
});

export type Workload = z.output<typeof workload>;
export type WebService = z.output<typeof webService>;
export type SingletonWorkerConfig = z.output<typeof singletonWorker>;
export type Redis = z.output<typeof redis>;
export type MigrationJobConfig = z.output<typeof migrationJob>;

/** A workload whose image is the application's own: it states its environment and whom it talks to. */
export type Application = WebService | SingletonWorkerConfig | MigrationJobConfig;

export function isApplication(workload: Workload): workload is Application {
  return ['WebService', 'SingletonWorker', 'MigrationJob'].includes(workload.kind);
}

/** The names of a workload's images, and where it says so. */
export function imageReferences(workload: Workload): { image: string; path: readonly string[] }[] {
  if (workload.kind !== 'PostgresBackup') return [{ image: workload.image, path: ['image'] }];
  return Object.entries(workload.images).map(([program, image]) => ({ image, path: ['images', program] }));
}

/** A key of a Secret that a workload reads, and where it says so. */
export interface SecretReference {
  readonly secret: string;
  readonly key: string;
  /** Paths within the workload. */
  readonly secretPath: readonly (string | number)[];
  readonly keyPath: readonly (string | number)[];
}

/** The keys of Secrets that a workload reads, however it reads them. */
export function secretKeysOf(workload: Workload): SecretReference[] {
  if (!isApplication(workload)) return ownSecretKeys(workload);
  const variables = Object.entries(workload.secrets ?? {}).flatMap(([secret, { keys }]) =>
    keys.map((key, index) => ({
      secret,
      key,
      secretPath: ['secrets', secret],
      keyPath: ['secrets', secret, 'keys', index],
    })),
  );
  const mounted = isUnresolved(workload.files) ? {} : (workload.files ?? {});
  const files = Object.entries(mounted).map(([volume, { secret, key }]) => ({
    secret,
    key,
    secretPath: ['files', volume, 'secret'],
    keyPath: ['files', volume, 'key'],
  }));
  return [...variables, ...files];
}

function ownSecretKeys(workload: Exclude<Workload, Application>): SecretReference[] {
  const reference = (path: readonly string[], key: SecretKeyConfig) => ({
    ...key,
    secretPath: [...path, 'secret'],
    keyPath: [...path, 'key'],
  });
  if (workload.kind === 'Redis') return [reference(['password'], workload.password)];
  if (workload.kind !== 'PostgresBackup') return [];
  const { database, bucket } = workload;
  return [
    reference(['database', 'password'], database.password),
    reference(['bucket', 'keyId'], bucket.keyId),
    reference(['bucket', 'key'], bucket.key),
  ];
}

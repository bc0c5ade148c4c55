import { z } from 'zod';
import { jobScheduleFields } from '../../../constructs/cron-job';
import { autoscalingFields, scalingProblems } from '../../../constructs/parts/autoscaler';
import { type CommandProbes, commandProbesField } from '../../../constructs/parts/probes';
import { availabilityProblem } from '../../../constructs/parts/replicas';
import { type PodStorage, storageFields } from '../../../constructs/stateful-service';
import * as rules from '../../../kubernetes/value-rule';
import { containerSchemaFields, probe, secondsSchema } from './container';
import { fieldSchema, fieldShape, patchSchema } from './field-schema';
import { otherIngress } from './ingress';
import { serviceMetrics, workerMetrics } from './observability';
import {
  bytesSchema,
  counted,
  flag,
  hostNameSchema,
  listSchema,
  objectNameSchema,
  portNumber,
  resolvable,
  strictObject,
  text,
  whole,
} from './primitives';

const autoscaling = strictObject({
  enabled: flag,
  ...fieldShape(autoscalingFields),
  usualMemory: bytesSchema.exactOptional(),
});

const replicas = { replicas: counted(rules.podCount), minAvailable: whole(0, 1000) };

const scaled = { ...replicas, autoscaling: autoscaling.exactOptional() };

interface Replicated {
  readonly replicas: number;
  readonly minAvailable: number;
  readonly autoscaling?: z.output<typeof autoscaling>;
}

/** Checks the replica counts of a workload against each other. */
function checkReplicas(
  { replicas, minAvailable, autoscaling: scaling }: Replicated,
  context: { addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string }): void },
): void {
  const blocked =
    replicas === 1 && minAvailable > 0
      ? `is ${minAvailable} with one replica, so a drain of the node would never end; set minAvailable to 0, or replicas to at least 2`
      : availabilityProblem(minAvailable, replicas);
  if (blocked !== undefined) context.addIssue({ code: 'custom', path: ['minAvailable'], message: blocked });
  for (const { path, message } of scaling === undefined ? [] : scalingProblems(replicas, scaling)) {
    context.addIssue({ code: 'custom', path: ['autoscaling', ...path], message });
  }
}

const serviceProbes = strictObject({ startup: probe, readiness: probe, liveness: probe.exactOptional() });

export const webService = strictObject({
  kind: z.literal('WebService'),
  ...containerSchemaFields,
  ...scaled,
  port: counted(rules.unprivilegedPort),
  servicePort: portNumber.exactOptional(),
  hosts: listSchema(hostNameSchema).exactOptional(),
  basicAuth: objectNameSchema.exactOptional(),
  ingress: otherIngress.exactOptional(),
  probes: serviceProbes,
  drainSeconds: secondsSchema(1).exactOptional(),
  metrics: serviceMetrics.exactOptional(),
  patch: patchSchema(
    'deployment',
    'service',
    'disruptionBudget',
    'serviceAccount',
    'autoscaler',
  ).exactOptional(),
}).superRefine(checkReplicas);

const storage = fieldSchema(storageFields.storage.field) as z.ZodType<Record<string, PodStorage>>;

export const statefulService = strictObject(
  {
    kind: z.literal('StatefulService'),
    ...containerSchemaFields,
    ...replicas,
    port: counted(rules.unprivilegedPort),
    probes: serviceProbes,
    storage: storage.refine((volumes) => Object.keys(volumes).length > 0, {
      error: 'is empty; add a volume, or use kind: WebService',
    }),
    drainSeconds: secondsSchema(1).exactOptional(),
    graceSeconds: secondsSchema(0).exactOptional(),
    metrics: serviceMetrics.exactOptional(),
    patch: patchSchema('statefulSet', 'service', 'disruptionBudget', 'serviceAccount').exactOptional(),
  },
  {
    hosts: 'a StatefulService has no Ingress; use a WebService for public requests',
    autoscaling:
      'a StatefulService is not autoscaled, because each pod has its own volumes; remove autoscaling',
  },
).superRefine(checkReplicas);

const commandProbes = fieldSchema(commandProbesField) as z.ZodType<CommandProbes>;

const noPort = 'a worker has no port and so no Service; remove it, or use kind: WebService';

export const worker = strictObject(
  {
    kind: z.literal('Worker'),
    ...containerSchemaFields,
    ...scaled,
    probes: commandProbes.exactOptional(),
    graceSeconds: secondsSchema(0).exactOptional(),
    metrics: workerMetrics.exactOptional(),
    patch: patchSchema('deployment', 'disruptionBudget', 'serviceAccount', 'autoscaler').exactOptional(),
  },
  { port: noPort, hosts: noPort },
).superRefine(checkReplicas);

export const singletonWorkerSchema = strictObject(
  {
    kind: z.literal('SingletonWorker'),
    ...containerSchemaFields,
    reason: text('why two pods must not run at the same time').exactOptional(),
    graceSeconds: secondsSchema(0).exactOptional(),
    metrics: workerMetrics.exactOptional(),
    patch: patchSchema('deployment', 'disruptionBudget', 'serviceAccount').exactOptional(),
  },
  {
    replicas:
      'a SingletonWorker runs one pod, because a second pod would do all work twice. Remove replicas, or use kind: Worker',
    port: 'a SingletonWorker has no port and so no Service; remove it, or use kind: WebService',
    probes: 'a SingletonWorker has no port to probe; remove it, or use kind: WebService',
  },
);

export const cronJob = strictObject(
  {
    kind: z.literal('CronJob'),
    ...containerSchemaFields,
    ...fieldShape(jobScheduleFields),
    patch: patchSchema('cronJob', 'serviceAccount').exactOptional(),
  },
  { replicas: 'a CronJob runs one pod at a time; remove replicas' },
);

export const migrationJob = strictObject({
  kind: z.literal('MigrationJob'),
  ...containerSchemaFields,
  command: resolvable(
    listSchema(text('a string', () => true))
      .min(1, 'is empty; set the program to run')
      .refine(([program]) => program !== '', { path: [0], error: 'is ""; it must be the program to run' }),
  ),
  deadlineSeconds: secondsSchema(1),
  attempts: counted(rules.attempts),
  patch: patchSchema('job', 'serviceAccount').exactOptional(),
});

export type WebServiceConfig = z.output<typeof webService>;
export type StatefulServiceConfig = z.output<typeof statefulService>;
export type WorkerConfig = z.output<typeof worker>;
export type SingletonWorkerConfig = z.output<typeof singletonWorkerSchema>;
export type CronJobConfig = z.output<typeof cronJob>;
export type MigrationJobConfig = z.output<typeof migrationJob>;

/** A workload that runs an image of the application, with environment variables and connections. */
export type Application =
  | WebServiceConfig
  | StatefulServiceConfig
  | WorkerConfig
  | SingletonWorkerConfig
  | CronJobConfig
  | MigrationJobConfig;

import { z } from 'zod';
import { podExtrasShape, resourcesSchema, secretKey } from './container';
import { patchSchema } from './field-schema';
import {
  labelValueSchema,
  portNumber,
  resolvable,
  serviceName,
  strictObject,
  text,
  urlPathSchema,
} from './primitives';

const metricName = text('a metric name: letters, digits, "_" and ":", not beginning with a digit', (value) =>
  /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(value),
);

/**
 * The port and the path at which a pod serves metrics. Each pod becomes a scrape target, and a NetworkPolicy
 * allows the agent to connect to it.
 */
const target = { port: portNumber, path: resolvable(urlPathSchema) };

export const serviceMetrics = strictObject({
  ...target,
  latencyHistogram: resolvable(metricName).exactOptional(),
});

export const workerMetrics = strictObject({
  ...target,
  taskCounter: metricName,
  quietFor: text('a time such as 2h', (value) => /^[1-9]\d*[mh]$/.test(value)),
});

/**
 * The metrics server outside of the cluster. The agent sends series to it, and backups push their time of
 * success.
 */
export const metricsServer = strictObject({
  server: serviceName,
  cluster: labelValueSchema,
  writePath: resolvable(urlPathSchema),
  importPath: resolvable(urlPathSchema),
  token: resolvable(secretKey),
});

export const metricsAgent = strictObject(
  {
    kind: z.literal('MetricsAgent'),
    image: serviceName,
    resources: resourcesSchema,
    ...podExtrasShape,
    patch: patchSchema('deployment', 'disruptionBudget', 'serviceAccount').exactOptional(),
  },
  { replicas: 'two agents would send every series twice, so only one pod runs; remove replicas' },
);

export const redisExporter = strictObject({
  kind: z.literal('RedisExporter'),
  image: serviceName,
  redis: serviceName,
  resources: resourcesSchema,
  ...podExtrasShape,
  patch: patchSchema('deployment', 'disruptionBudget', 'serviceAccount').exactOptional(),
});

export type MetricsAgentConfig = z.output<typeof metricsAgent>;
export type RedisExporterConfig = z.output<typeof redisExporter>;

import { z } from 'zod';
import { resources, secretKey } from './container';
import { labelValue, portNumber, resolvable, serviceName, strictObject, text, urlPath } from './primitives';

const metricName = text('a metric name: letters, digits, "_" and ":", not beginning with a digit', (value) =>
  /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(value),
);

/** Where pods answer with metrics: each becomes a target of the agent, and a flow. */
const target = { port: portNumber, path: resolvable(urlPath) };

export const serviceMetrics = strictObject({
  ...target,
  latencyHistogram: resolvable(metricName).exactOptional(),
});

export const workerMetrics = strictObject({
  ...target,
  taskCounter: metricName,
  quietFor: text('a time such as 2h', (value) => /^[1-9]\d*[mh]$/.test(value)),
});

/** The metrics server outside of the cluster, which the agent writes to and the backup reports to. */
export const metricsServer = strictObject({
  server: serviceName,
  cluster: labelValue,
  writePath: resolvable(urlPath),
  importPath: resolvable(urlPath),
  token: resolvable(secretKey),
});

export const metricsAgent = strictObject(
  { kind: z.literal('MetricsAgent'), image: serviceName, resources },
  { replicas: 'two agents would send every series twice, so it runs once; remove replicas' },
);

export const redisExporter = strictObject({
  kind: z.literal('RedisExporter'),
  image: serviceName,
  redis: serviceName,
  resources,
});

export type MetricsAgent = z.output<typeof metricsAgent>;
export type RedisExporter = z.output<typeof redisExporter>;

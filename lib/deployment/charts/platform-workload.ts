import type { Chart } from 'cdk8s';
import { PostgresBackup } from '../../constructs/backup/postgres-backup';
import { MetricsAgent } from '../../constructs/metrics/metrics-agent';
import { RedisExporter } from '../../constructs/metrics/redis-exporter';
import { madeFrom } from '../../constructs/parts/provenance';
import { redisPort } from '../../constructs/ports';
import { placeholder } from '../../documents/unresolved';
import type { PostgresBackupConfig } from '../config/schema/backup';
import type { SecretKeyConfig } from '../config/schema/container';
import type { MetricsAgentConfig, RedisExporterConfig } from '../config/schema/observability';
import { isUnresolved, type Resolvable } from '../config/schema/unresolved';
import type { Model } from '../model/model';
import { scrapeTargets } from '../model/scrape-targets';
import { fromWorkload } from './origin';
import { imageOf, podExtrasOf, priorityClassOf, secretSource, stated } from './pod-props';

/** Adds the metrics agent. */

export function addMetricsAgent(
  chart: Chart,
  model: Model,
  name: string,
  workload: MetricsAgentConfig,
): MetricsAgent {
  const server = serverOf(model);
  return new MetricsAgent(
    chart,
    name,
    fromWorkload(workload, {
      image: imageOf(model, workload.image),
      resources: workload.resources,
      priorityClass: priorityClassOf(model, workload),
      ...podExtrasOf(model, workload),
      ...stated(workload, 'patch'),
      cluster: server.cluster,
      remoteWrite: madeFrom(
        { url: serverUrl(model, server.writePath), token: secretKey(model, server.token) },
        server,
        { url: ['writePath'], token: ['token'] },
      ),
      targets: scrapeTargets(model).map(({ job, at, port, path }) => ({
        job,
        ...at,
        port,
        path: pathOf(path),
      })),
    }),
  );
}

export function addRedisExporter(
  chart: Chart,
  model: Model,
  name: string,
  workload: RedisExporterConfig,
): RedisExporter {
  const redis = model.workloads.find(([candidate]) => candidate === workload.redis)?.[1];
  if (redis?.kind !== 'Redis') throw new Error(`${workload.redis} is no Redis`);
  return new RedisExporter(
    chart,
    name,
    fromWorkload(
      workload,
      {
        image: imageOf(model, workload.image),
        resources: workload.resources,
        priorityClass: priorityClassOf(model, workload),
        ...podExtrasOf(model, workload),
        ...stated(workload, 'patch'),
        address: `${workload.redis}:${redisPort}`,
        password: secretKey(model, redis.password),
      },
      { address: ['redis'] },
    ),
  );
}

export function addPostgresBackup(
  chart: Chart,
  model: Model,
  name: string,
  workload: PostgresBackupConfig,
): PostgresBackup {
  const { images, database, bucket, publicKey, minimumBytes } = workload;
  const { cluster, importPath, token } = serverOf(model);
  return new PostgresBackup(
    chart,
    name,
    fromWorkload(workload, {
      images: {
        postgres: imageOf(model, images.postgres),
        age: imageOf(model, images.age),
        rclone: imageOf(model, images.rclone),
        curl: imageOf(model, images.curl),
      },
      schedule: workload.schedule,
      resources: workload.resources,
      sizeLimit: workload.sizeLimit,
      deadlineSeconds: workload.deadlineSeconds,
      priorityClass: priorityClassOf(model, workload),
      ...stated(workload, 'labels', 'annotations', 'nodeSelector', 'affinity', 'tolerations', 'patch'),
      database: {
        host: hostOf(model, database.server),
        port: externalOf(model, database.server).port,
        name: database.name,
        user: database.user,
        password: secretKey(model, database.password),
      },
      bucket: {
        name: isUnresolved(bucket.name) ? placeholder : bucket.name,
        endpoint: origin(model, bucket.server),
        region: bucket.region,
        keyId: secretKey(model, bucket.keyId),
        key: secretKey(model, bucket.key),
      },
      publicKey: isUnresolved(publicKey) ? publicKeyPlaceholder : publicKey,
      minimumBytes: isUnresolved(minimumBytes) ? 1 : minimumBytes,
      metrics: { url: serverUrl(model, importPath), cluster, token: secretKey(model, token) },
    }),
  );
}

/**
 * A placeholder in the form of an age recipient, so that synth can check all other values. It has no private
 * key.
 */
const publicKeyPlaceholder = `age1${'unres0lved'.padEnd(58, '0')}`;

function serverOf({ metrics }: Model): NonNullable<Model['metrics']> {
  if (metrics === undefined) throw new Error('there is no metrics server');
  return metrics;
}

function serverUrl(model: Model, path: Resolvable<string>): string {
  return `${origin(model, serverOf(model).server)}${pathOf(path)}`;
}

function origin(model: Model, name: string): string {
  const { port } = externalOf(model, name);
  return `https://${hostOf(model, name)}${port === 443 ? '' : `:${port}`}`;
}

function hostOf(model: Model, name: string): string {
  const { host } = externalOf(model, name);
  return isUnresolved(host) ? `${placeholder}.invalid` : host;
}

function externalOf({ external }: Model, name: string) {
  const found = external[name];
  if (found === undefined) throw new Error(`no external service is called ${name}`);
  return found;
}

function pathOf(path: Resolvable<string>): string {
  return isUnresolved(path) ? `/${placeholder}` : path;
}

function secretKey(model: Model, key: Resolvable<SecretKeyConfig>) {
  if (isUnresolved(key)) return { secret: { name: placeholder }, key: placeholder };
  return madeFrom({ secret: secretSource(model, key.secret), key: key.key }, key, {
    secret: ['secret'],
    key: ['key'],
  });
}

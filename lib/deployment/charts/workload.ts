import { ApiObject, type App, Chart } from 'cdk8s';
import type { PostgresBackup } from '../../constructs/backup/postgres-backup';
import type { MetricsAgent } from '../../constructs/metrics/metrics-agent';
import { MetricsService } from '../../constructs/metrics/metrics-service';
import type { RedisExporter } from '../../constructs/metrics/redis-exporter';
import { madeFrom } from '../../constructs/parts/provenance';
import { PinnedRedis } from '../../constructs/redis/pinned-redis';
import { placeholder } from '../../documents/unresolved';
import type { Redis } from '../config/schema/redis';
import { isUnresolved } from '../config/schema/unresolved';
import { isApplication, type Workload } from '../config/schema/workloads';
import type { Model } from '../model/model';
import { type ApplicationConstruct, addApplication } from './application';
import { chartProps } from './chart-props';
import { addUnresolved } from './notes';
import { fromWorkload, setOrigin } from './origin';
import { addMetricsAgent, addPostgresBackup, addRedisExporter } from './platform-workload';
import { imageOf, podExtrasOf, priorityClassOf, secretSource, stated, userProps } from './pod-props';
import { heldBy } from './unresolved-files';

/**
 * A workload with all its objects. Its file is named after the workload, with the number of its phase in
 * front.
 */
export class WorkloadChart extends Chart {
  /** The construct of the workload, which the NetworkPolicies need. */
  readonly workload: WorkloadConstruct;

  constructor(app: App, model: Model, name: string, workload: Workload) {
    super(app, `${phase(workload)}-${name}`, chartProps(model));
    setOrigin(this, ['workloads', name]);
    for (const value of heldBy(model, name, workload)) addUnresolved(this, value);
    this.workload = addWorkload(this, model, name, workload);
    if ('metrics' in workload && workload.metrics !== undefined) {
      const service = { workload: name, port: workload.metrics.port };
      new MetricsService(this, 'metrics', madeFrom(service, workload, ['metrics']));
    }
    if ('user' in workload && isUnresolved(workload.user)) {
      annotateUnresolved(this, 'user', workload.user.unresolved);
    }
  }
}

/** The number at the beginning of the file name: kubectl applies files in the order of their names. */
function phase({ kind }: Workload): number {
  return kind === 'MigrationJob' ? 2 : 3;
}

/** Any construct that a workload becomes. */
export type WorkloadConstruct =
  | ApplicationConstruct
  | PinnedRedis
  | MetricsAgent
  | RedisExporter
  | PostgresBackup;

function addWorkload(chart: Chart, model: Model, name: string, workload: Workload): WorkloadConstruct {
  if (isApplication(workload)) return addApplication(chart, model, name, workload);
  switch (workload.kind) {
    case 'Redis':
      return addRedis(chart, model, name, workload);
    case 'MetricsAgent':
      return addMetricsAgent(chart, model, name, workload);
    case 'RedisExporter':
      return addRedisExporter(chart, model, name, workload);
    case 'PostgresBackup':
      return addPostgresBackup(chart, model, name, workload);
  }
}

function addRedis(chart: Chart, model: Model, name: string, workload: Redis): PinnedRedis {
  const { resources, nodeLabel, storage, maxmemory, maxmemoryPolicy, appendfsync, password } = workload;
  return new PinnedRedis(
    chart,
    name,
    fromWorkload(workload, {
      image: imageOf(model, workload.image),
      imagePullSecret: model.imagePullSecret,
      priorityClass: priorityClassOf(model, workload),
      ...userProps(workload.user),
      password: { secret: secretSource(model, password.secret), key: password.key },
      ...{ resources, nodeLabel, storage, maxmemory, maxmemoryPolicy, appendfsync },
      ...podExtrasOf(model, workload),
      ...stated(workload, 'patch'),
    }),
  );
}

/**
 * Adds the unresolved value to the objects as an annotation, because a numeric field can't contain a
 * placeholder.
 */
function annotateUnresolved(chart: Chart, field: string, find: string): void {
  for (const construct of chart.node.findAll()) {
    if (
      ApiObject.isApiObject(construct) &&
      ['Deployment', 'StatefulSet', 'CronJob', 'Job'].includes(construct.kind)
    ) {
      construct.metadata.addAnnotation(`${placeholder}/${field}`, find);
    }
  }
}

import type { Workload } from '../config/schema/workloads';

/** The priorities: workloads that users depend on come before monitoring. */
export type Priority = 'essential' | 'auxiliary';

const priorities: Readonly<Record<Workload['kind'], Priority>> = {
  WebService: 'essential',
  StatefulService: 'essential',
  Worker: 'essential',
  SingletonWorker: 'essential',
  CronJob: 'essential',
  Redis: 'essential',
  MigrationJob: 'essential',
  MetricsAgent: 'auxiliary',
  RedisExporter: 'auxiliary',
  PostgresBackup: 'auxiliary',
};

export function priorityOf({ kind }: Workload): Priority {
  return priorities[kind];
}

/** PriorityClasses belong to the cluster, so their names contain the namespace. */
export function namePriorityClass(namespace: string, priority: Priority): string {
  return `${namespace}-${priority}`;
}

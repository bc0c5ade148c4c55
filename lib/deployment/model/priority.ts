import type { Workload } from '../config/schema/workloads';

/** What stays when not everything finds room: what users notice, before what only watches it. */
export type Priority = 'essential' | 'auxiliary';

const priorities: Readonly<Record<Workload['kind'], Priority>> = {
  WebService: 'essential',
  SingletonWorker: 'essential',
  Redis: 'essential',
  MigrationJob: 'essential',
  MetricsAgent: 'auxiliary',
  RedisExporter: 'auxiliary',
  PostgresBackup: 'auxiliary',
};

export function priorityOf({ kind }: Workload): Priority {
  return priorities[kind];
}

/** PriorityClasses are the cluster's, so they carry the namespace in their names. */
export function namePriorityClass(namespace: string, priority: Priority): string {
  return `${namespace}-${priority}`;
}

import type { Workload } from '../config/workloads';

/** What stays when not everything finds room: what users notice, before what only watches it. */
export type Priority = 'essential' | 'auxiliary';

export function priorityOf({ kind }: Workload): Priority {
  return ['MetricsAgent', 'RedisExporter', 'PostgresBackup'].includes(kind) ? 'auxiliary' : 'essential';
}

/** PriorityClasses are the cluster's, so they carry the namespace in their names. */
export function priorityClassName(namespace: string, priority: Priority): string {
  return `${namespace}-${priority}`;
}

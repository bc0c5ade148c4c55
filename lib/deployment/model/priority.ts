import type { Workload } from '../config/schema/workloads';

/**
 * Pods of essential workloads, which users depend on, may preempt auxiliary pods, such as those of
 * monitoring.
 */
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

/** The name contains the namespace, because a PriorityClass is not namespaced. */
export function namePriorityClass(namespace: string, priority: Priority): string {
  return `${namespace}-${priority}`;
}

import type { Workload } from '../config/schema/workloads';

/**
 * How many pods of a workload may exist at the same time. A quota counts a pod until it is gone, and not only until it
 * is told to stop.
 *
 * - A WebService rolls with one pod more than it has, and each old pod has its grace: if the new ones are ready sooner
 *   than the old ones are gone, all of both exist.
 * - A singleton and Redis have two after a drain: the replacement, and the old pod in its grace.
 * - A Job has one: its next attempt starts when the last has ended. One made by a new template meets the old one; a
 *   backup meets one that was started by hand.
 * - A metrics agent is stopped before the next one starts, and has two after a drain. An exporter rolls like a service.
 */
export function mostPods(workload: Workload): number {
  switch (workload.kind) {
    case 'WebService': {
      const { autoscaling, replicas } = workload;
      return rolling(autoscaling?.enabled === true ? autoscaling.maxReplicas : replicas);
    }
    case 'RedisExporter':
      return rolling(1);
    case 'SingletonWorker':
    case 'Redis':
    case 'MigrationJob':
    case 'MetricsAgent':
    case 'PostgresBackup':
      return 2;
  }
}

function rolling(replicas: number): number {
  return 2 * replicas + 1;
}

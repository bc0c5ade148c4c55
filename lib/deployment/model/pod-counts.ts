import type { Workload } from '../config/schema/workloads';

/**
 * The number of pods of a workload that can exist at the same time. A quota counts a terminating pod until it
 * is gone.
 *
 * - A WebService rolls out with one additional pod. If new pods are ready before the old ones have ended
 * their grace period, all of both exist.
 * - A singleton and Redis have two after a drain: the replacement, and the old pod in its grace period.
 * - A Job has one, because a retry starts after the last pod. A Job of a new template can run together with
 * the old one, and a backup with one that was started by hand.
 * - A metrics agent stops before its replacement starts, and has two pods after a drain. An exporter rolls
 * out like a service.
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

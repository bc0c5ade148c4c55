import type { Resources } from '../../constructs/parts/resources';
import { parseQuantity } from '../../kubernetes/quantity';
import type { Workload } from '../config/schema/workloads';

/**
 * The number of pods of a workload that can exist at the same time. A quota counts a terminating pod until it
 * is gone.
 *
 * - A WebService or a Worker rolls out with one additional pod. If new pods are ready before the old ones have
 * ended their grace period, all of both exist.
 * - A StatefulService has each pod twice: one that was force-deleted can still terminate next to its replacement.
 * - A singleton and Redis have two after a drain: the replacement, and the old pod in its grace period.
 * - A Job has one, because a retry starts after the last pod. A Job of a new template can run together with
 * the old one, and a CronJob or a backup with one that was started by hand.
 * - A metrics agent stops before its replacement starts, and has two pods after a drain. An exporter rolls
 * out like a service.
 */
export function mostPods(workload: Workload): number {
  switch (workload.kind) {
    case 'WebService':
    case 'Worker': {
      const { autoscaling, replicas } = workload;
      return rolling(autoscaling?.enabled === true ? autoscaling.maxReplicas : replicas);
    }
    case 'RedisExporter':
      return rolling(1);
    case 'StatefulService':
      return 2 * workload.replicas;
    case 'SingletonWorker':
    case 'CronJob':
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

/** What all containers of a pod may use together, as a quota counts it. Init containers run alone, sidecars do not. */
export function podResources(workload: Workload): Resources {
  const { resources } = workload;
  if (workload.kind === 'PostgresBackup') return resources;
  const { sidecars = [], initContainers = [] } = workload;
  const total = (resource: 'cpu' | 'memory', bound: 'request' | 'limit') => {
    const amount = (each: { readonly resources: Resources }) =>
      parseQuantity(each.resources[resource][bound]) ?? 0;
    const running = [workload, ...sidecars].reduce((sum, each) => sum + amount(each), 0);
    return Math.max(running, ...initContainers.map(amount));
  };
  if (sidecars.length + initContainers.length === 0) return resources;
  const bounds = (resource: 'cpu' | 'memory', unit: (amount: number) => string) => ({
    request: unit(total(resource, 'request')),
    limit: unit(total(resource, 'limit')),
  });
  return {
    cpu: bounds('cpu', (cores) => `${Math.ceil(cores * 1000)}m`),
    memory: bounds('memory', (bytes) => String(Math.ceil(bytes))),
  };
}

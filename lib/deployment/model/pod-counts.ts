import type { Resources } from '../../constructs/parts/resources';
import { parseQuantity } from '../../kubernetes/quantity';
import type { Workload } from '../config/schema/workloads';

/**
 * How many pods of a workload may exist at the same time. A quota counts a pod until it is gone, and not only until it
 * is told to stop.
 *
 * - A WebService or a Worker rolls with one pod more than it has, and each old pod has its grace: if the new ones are ready sooner
 *   than the old ones are gone, all of both exist.
 * - A StatefulService has no more than it states: a pod's replacement has its name, and waits until it is gone.
 * - A singleton and Redis have two after a drain: the replacement, and the old pod in its grace.
 * - A Job has one: its next attempt starts when the last has ended. One made by a new template meets the old one; a
 *   CronJob or a backup meets one that was started by hand.
 * - A metrics agent is stopped before the next one starts, and has two after a drain. An exporter rolls like a service.
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
      return workload.replicas;
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

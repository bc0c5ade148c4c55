import type { Resources } from '../../constructs/parts/resources';
import { parseQuantity } from '../../kubernetes/quantity';
import type { Workload } from '../config/schema/workloads';

/**
 * The highest number of pods that a workload can have at the same time, for the quota of the namespace. A
 * quota counts a terminating pod until the pod is deleted.
 *
 * - A WebService or a Worker rolls out with one additional pod. If the new pods are ready before the old ones
 *   have terminated, all new and all old pods exist.
 * - A StatefulService can have each pod twice: a force-deleted pod can still terminate while its replacement
 *   runs.
 * - A singleton and Redis have two pods after a drain: the replacement, and the old pod until its grace
 *   period ends.
 * - A Job has one pod, because a retry starts after the previous pod has ended. The Jobs of a new and an old
 *   template can run together, and so can the scheduled Job of a CronJob or a backup and one that was started
 *   by hand.
 * - A metrics agent stops before its replacement starts, and has two pods after a drain. An exporter rolls
 *   out like a WebService.
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

/**
 * The resources of all containers of a pod together, as a quota counts them. Init containers run one after
 * the other; sidecars run all the time.
 */
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

import { edgeHostsOf } from '../config/schema/workloads';
import type { Model } from './model';

/** All public hosts, sorted. */
export function publicHosts({ workloads }: Pick<Model, 'workloads'>): string[] {
  const hosts = workloads.flatMap(([, workload]) => edgeHostsOf(workload));
  return hosts.sort();
}

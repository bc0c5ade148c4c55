import type { Model } from './model';

/** All public hosts, sorted. */
export function publicHosts({ workloads }: Pick<Model, 'workloads'>): string[] {
  const hosts = workloads.flatMap(([, workload]) =>
    workload.kind === 'WebService' ? (workload.hosts ?? []) : [],
  );
  return hosts.sort();
}

import type { DrillCluster } from './cluster/cluster';
import type { DrillWorkload } from './cluster/workload';

/** Workloads that accept requests from outside, and that resolve names. */
const ingress = 'traefik';
const clusterDns = 'coredns';

/** Dependencies between workloads, and access from outside. */
export class Needs {
  /** The workloads behind the Ingresses, and their hosts. */
  readonly hosts = new Map<DrillWorkload, string[]>();

  constructor(private readonly cluster: DrillCluster) {
    const { manifests, workloads } = cluster;
    for (const { object, fields } of manifests.of('Ingress')) {
      const namespace = object.metadata.namespace ?? 'default';
      for (const { host, http } of fields.spec?.rules ?? []) {
        for (const { backend } of http?.paths ?? []) {
          const selector = manifests.typed('Service', namespace, backend?.service?.name ?? '')?.spec
            ?.selector;
          if (host === undefined || selector === undefined) continue;
          const behind = new Set(
            manifests.pods.matching(namespace, { matchLabels: selector }).map(({ object }) => object),
          );
          for (const workload of workloads) {
            if (!behind.has(workload.object)) continue;
            this.hosts.set(workload, [...new Set([...(this.hosts.get(workload) ?? []), host])]);
          }
        }
      }
    }
  }

  /**
   * Workloads that a workload connects to, and its clients. A public host of the deployment counts as the workload
   * that serves it.
   */
  of(workload: DrillWorkload): readonly string[] {
    const { name, isSystem } = workload;
    if (isSystem) return [];
    const { needs, external } = this.cluster.facts;
    const named = needs[name] ?? [];
    const behind = external
      .filter((service) => named.includes(service.name))
      .flatMap(({ host }) =>
        [...this.hosts].filter(([, hosts]) => host !== undefined && hosts.includes(host)),
      )
      .map(([workload]) => workload.name);
    const reached = this.hosts.has(workload) ? [ingress] : [];
    const resolved = named.length > 0 ? [clusterDns] : [];
    const known = (each: string) => this.cluster.workloads.some((other) => other.name === each);
    return [...new Set([...named, ...behind, ...[...reached, ...resolved].filter(known)])];
  }
}

import { append } from '../../documents/append';
import type { DrillCluster } from './cluster/cluster';
import type { DrillWorkload } from './cluster/workload';

/** Names of the workloads that every cluster uses for ingress and DNS. */
const ingress = 'traefik';
const clusterDns = 'coredns';

/** Dependencies between workloads, and access from outside the cluster. */
export class Needs {
  /** The workloads behind Ingresses, with their hosts. */
  readonly hosts = new Map<DrillWorkload, string[]>();
  private readonly names: ReadonlySet<string>;
  private readonly byHost = new Map<string, DrillWorkload[]>();
  private readonly known = new Map<DrillWorkload, readonly string[]>();

  constructor(private readonly cluster: DrillCluster) {
    const { manifests, workloads } = cluster;
    this.names = new Set(workloads.map(({ name }) => name));
    const byObject = new Map(workloads.map((workload) => [workload.object, workload]));
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
          for (const object of behind) {
            const workload = byObject.get(object);
            if (workload !== undefined) this.addHost(workload, host);
          }
        }
      }
    }
    for (const [workload, hosts] of this.hosts) {
      for (const host of hosts) append(this.byHost, host, workload);
    }
  }

  /**
   * The workloads that a workload needs: its declared connections, DNS, and Traefik if it has hosts. A connection to a
   * public host counts as a connection to the workload that serves the host.
   */
  of(workload: DrillWorkload): readonly string[] {
    let found = this.known.get(workload);
    if (found === undefined) {
      found = this.find(workload);
      this.known.set(workload, found);
    }
    return found;
  }

  /** Removes the k3s workloads that no other workload needs. */
  withNeeded(workloads: readonly DrillWorkload[]): DrillWorkload[] {
    const needed = new Set(workloads.flatMap((each) => this.of(each)));
    return workloads.filter(({ name, isSystem }) => !isSystem || needed.has(name));
  }

  private addHost(workload: DrillWorkload, host: string): void {
    if (this.hosts.get(workload)?.includes(host) === true) return;
    append(this.hosts, workload, host);
  }

  private find(workload: DrillWorkload): readonly string[] {
    const { name, isSystem } = workload;
    if (isSystem) return [];
    const { needs, external } = this.cluster.facts;
    const named = needs[name] ?? [];
    const behind = external
      .filter((service) => named.includes(service.name))
      .flatMap(({ host }) => (host === undefined ? [] : (this.byHost.get(host) ?? [])))
      .map((served) => served.name);
    const reached = this.hosts.has(workload) ? [ingress] : [];
    const resolved = named.length > 0 ? [clusterDns] : [];
    const system = [...reached, ...resolved].filter((each) => this.names.has(each));
    return [...new Set([...named, ...behind, ...system])];
  }
}

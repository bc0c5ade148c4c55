import { metricsServiceName } from '../../constructs/labels';
import { redisExporterPort, traefikPorts } from '../../constructs/ports';
import { nodeMetricsPort } from '../../nodes/metrics';
import type { Resolvable } from '../config/schema/unresolved';
import { clusterAddress, type Model } from './model';

/** A scrape target of the metrics agent. */
export interface MetricsTarget {
  /** The value of the label `job`: the name of a workload, or `traefik`. */
  readonly job: string;
  /** A DNS name that resolves to the addresses of all pods, or the addresses of the nodes by hostname. */
  readonly at: { readonly host: string } | { readonly machines: Readonly<Record<string, string>> };
  readonly port: number;
  readonly path: Resolvable<string>;
  /** The number of pods that exist as long as nothing fails; 0 if a program on the node answers. */
  readonly pods: number;
  /**
   * Whether the addresses belong to pods, or to nodes (programs on the nodes and pods on the host network).
   */
  readonly on: 'pods' | 'nodes';
}

/** The value of the label `job` of Traefik's metrics, and the name in the labels of its pods. */
export const ingressJob = 'traefik';

/** The value of the label `job` of the nodes' own metrics. */
export const nodeJob = 'node';

/** The namespace of the workloads that k3s installs. */
const systemNamespace = 'kube-system';

/** The ports that a metrics agent scrapes at the addresses of the nodes; none without an agent. */
export function nodeMetricsPorts(model: Model): number[] {
  if (!model.workloads.some(([, { kind }]) => kind === 'MetricsAgent')) return [];
  return scrapeTargets(model)
    .filter((target) => target.on === 'nodes')
    .map(({ port }) => port);
}

/** The scrape targets of all workloads that have metrics, of Traefik and of the nodes. */
export function scrapeTargets(model: Model): MetricsTarget[] {
  const { workloads, edge, nodes } = model;
  const targets = workloads.flatMap(([name, workload]): MetricsTarget[] => {
    const target = { job: name, at: { host: metricsServiceName(name) }, on: 'pods' } as const;
    if (workload.kind === 'RedisExporter') {
      return [{ ...target, port: redisExporterPort, path: '/metrics', pods: 1 }];
    }
    if (!('metrics' in workload) || workload.metrics === undefined) return [];
    const { port, path } = workload.metrics;
    return [{ ...target, port, path, pods: 'replicas' in workload ? workload.replicas : 1 }];
  });
  const byNode = { path: '/metrics', on: 'nodes' } as const;
  const host = `${metricsServiceName(ingressJob)}.${systemNamespace}`;
  const traefik = { ...byNode, job: ingressJob, at: { host }, port: traefikPorts.metrics };
  const machines = Object.fromEntries(
    Object.entries(nodes).map(([name, { hostname }]) => [hostname, clusterAddress(model, name)]),
  );
  return [
    ...targets,
    ...(edge === undefined ? [] : [{ ...traefik, pods: Object.keys(nodes).length }]),
    { ...byNode, job: nodeJob, at: { machines }, port: nodeMetricsPort, pods: 0 },
  ];
}

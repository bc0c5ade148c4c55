import { metricsServiceName } from '../../constructs/labels';
import { redisExporterPort, traefikPorts } from '../../constructs/ports';
import { nodeMetricsPort } from '../../nodes/metrics';
import type { Resolvable } from '../config/schema/unresolved';
import { clusterAddress, type Model } from './model';

/** What the metrics agent asks for metrics. */
export interface MetricsTarget {
  /** The label `job` of all that it emits: a workload's name, or `traefik`. */
  readonly job: string;
  /** The DNS name that answers with the address of every pod, or the nodes' addresses by their hostnames. */
  readonly at: { readonly host: string } | { readonly machines: Readonly<Record<string, string>> };
  readonly port: number;
  readonly path: Resolvable<string>;
  /** How many pods there are at least, in peace; none where a node answers by itself. */
  readonly pods: number;
  /** Pods of a workload, or what has the nodes' addresses: pods on their network, and the nodes themselves. */
  readonly on: 'pods' | 'nodes';
}

/** Traefik's job, and the label of its pods. */
export const ingressJob = 'traefik';

/** The nodes' own job. */
export const nodeJob = 'node';

/** The namespace of what k3s brings. */
const systemNamespace = 'kube-system';

/** The ports on the nodes' own network where a metrics agent asks; none without an agent. */
export function nodeMetricsPorts(model: Model): number[] {
  if (!model.workloads.some(([, { kind }]) => kind === 'MetricsAgent')) return [];
  return scrapeTargets(model)
    .filter((target) => target.on === 'nodes')
    .map(({ port }) => port);
}

/** Whatever declares metrics is a target by itself. */
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

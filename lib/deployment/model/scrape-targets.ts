import { metricsServiceName } from '../../constructs/labels';
import { redisExporterPort, traefikPorts } from '../../constructs/ports';
import { nodeMetricsPort } from '../../nodes/metrics';
import type { Resolvable } from '../config/schema/unresolved';
import { clusterAddress, type Model } from './model';

/** A target of the metrics agent. */
export interface MetricsTarget {
  /** The label `job` of its series: a workload's name, or `traefik`. */
  readonly job: string;
  /** The DNS name with the addresses of all pods, or the nodes' addresses by hostname. */
  readonly at: { readonly host: string } | { readonly machines: Readonly<Record<string, string>> };
  readonly port: number;
  readonly path: Resolvable<string>;
  /** The minimum number of pods without a failure; undefined if a node answers without a pod. */
  readonly pods: number;
  /**
   * The pods of a workload, or targets with the nodes' addresses: pods on the host network, and the nodes.
   */
  readonly on: 'pods' | 'nodes';
}

/** Traefik's job, and the label of its pods. */
export const ingressJob = 'traefik';

/** The job of the nodes. */
export const nodeJob = 'node';

/** The namespace of k3s' own workloads. */
const systemNamespace = 'kube-system';

/** The ports on the host network that a metrics agent scrapes; none without an agent. */
export function nodeMetricsPorts(model: Model): number[] {
  if (!model.workloads.some(([, { kind }]) => kind === 'MetricsAgent')) return [];
  return scrapeTargets(model)
    .filter((target) => target.on === 'nodes')
    .map(({ port }) => port);
}

/** Every workload with metrics is a target. */
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

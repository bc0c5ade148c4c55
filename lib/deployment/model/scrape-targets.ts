import { metricsServiceName } from '../../constructs/labels';
import { redisExporterPort, traefikPorts } from '../../constructs/ports';
import type { Resolvable } from '../config/schema/unresolved';
import type { Model } from './model';

/** What the metrics agent asks for metrics. */
export interface MetricsTarget {
  /** The label `job` of all that it emits: a workload's name, or `traefik`. */
  readonly job: string;
  /** The DNS name that answers with the address of every pod. */
  readonly host: string;
  readonly port: number;
  readonly path: Resolvable<string>;
  /** How many pods there are at least, in peace. */
  readonly pods: number;
  /** Pods of a workload, or programs on the nodes' own network, which have the nodes' addresses. */
  readonly on: 'pods' | 'nodes';
}

/** Traefik's job, and the label of its pods. */
export const ingressJob = 'traefik';

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
export function scrapeTargets({ workloads, edge, nodes }: Model): MetricsTarget[] {
  const targets = workloads.flatMap(([name, workload]): MetricsTarget[] => {
    const target = { job: name, host: metricsServiceName(name), on: 'pods' } as const;
    if (workload.kind === 'RedisExporter') {
      return [{ ...target, port: redisExporterPort, path: '/metrics', pods: 1 }];
    }
    if (workload.kind !== 'WebService' && workload.kind !== 'SingletonWorker') return [];
    if (workload.metrics === undefined) return [];
    const { port, path } = workload.metrics;
    return [{ ...target, port, path, pods: workload.kind === 'WebService' ? workload.replicas : 1 }];
  });
  if (edge === undefined) return targets;
  const host = `${metricsServiceName(ingressJob)}.${systemNamespace}`;
  const pods = Object.keys(nodes).length;
  return [
    ...targets,
    { job: ingressJob, host, port: traefikPorts.metrics, path: '/metrics', pods, on: 'nodes' },
  ];
}

import { Manifests } from '../../kubernetes/manifests';
import { parseQuantity } from '../../kubernetes/quantity';
import type { Amount, DrillFacts, DrillNode } from './facts';
import { readWorkloads } from './read';
import { traefikOf } from './traefik';
import type { DrillWorkload } from './workload';

/** What a namespace may have in all. */
export interface Quota {
  readonly namespace: string;
  readonly pods: number;
  readonly requests: Amount;
  readonly limits: Amount;
}

/** A cluster at rest: what runs, and what it runs on. */
export interface Cluster {
  readonly facts: DrillFacts;
  readonly manifests: Manifests;
  readonly workloads: readonly DrillWorkload[];
  readonly quotas: readonly Quota[];
}

/** @param manifests the final documents; what the distribution runs beside them is among the facts */
export function readCluster(manifests: Manifests, facts: DrillFacts): Cluster {
  const own = readWorkloads(manifests, facts.nodes, false);
  const system = new Manifests([...traefikOf(manifests), ...facts.system]);
  return {
    facts,
    manifests,
    workloads: [...own, ...readWorkloads(system, facts.nodes, true)],
    quotas: manifests.of('ResourceQuota').map(({ object, fields }) => {
      const hard = fields.spec?.hard ?? {};
      const limit = (...names: string[]) =>
        Math.min(...names.map((name) => parseQuantity(String(hard[name] ?? '')) ?? Number.POSITIVE_INFINITY));
      return {
        namespace: object.metadata.namespace ?? 'default',
        pods: limit('pods', 'count/pods'),
        requests: { cpu: limit('requests.cpu', 'cpu'), memory: limit('requests.memory', 'memory') },
        limits: { cpu: limit('limits.cpu'), memory: limit('limits.memory') },
      };
    }),
  };
}

/** The kubelet's default for `--max-pods`. */
export const podsPerNode = 110;

/** The kubelet's default threshold of eviction, in bytes, which no pod may request. */
const evictionThreshold = 100 * 2 ** 20;

/**
 * What pods may request of a node: what it has, less what is reserved for the system, the kubelet's threshold, and the
 * DaemonSets' pods.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/#node-allocatable
 */
export function roomOf(node: DrillNode, index: number, { workloads }: Pick<Cluster, 'workloads'>): Amount {
  const daemons = workloads.filter(({ kind, admitted }) => kind === 'DaemonSet' && admitted.has(index));
  const taken = (resource: keyof Amount) =>
    daemons.reduce((sum, { requests }) => sum + requests[resource], node.reserved?.[resource] ?? 0);
  return {
    cpu: node.capacity.cpu - taken('cpu'),
    memory: node.capacity.memory - taken('memory') - evictionThreshold,
  };
}

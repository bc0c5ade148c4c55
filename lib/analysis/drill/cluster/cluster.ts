import type { KubernetesObject } from '../../../documents/kubernetes';
import { namespaceOf } from '../../../kubernetes/kinds';
import { Manifests } from '../../../kubernetes/manifests';
import { parseQuantity } from '../../../kubernetes/quantity';
import { type Amount, allocatable, type Node } from '../../../kubernetes/scheduling/node';
import { isInScope } from '../../../kubernetes/scheduling/quota';
import type { DrillFacts } from '../facts';
import { readWorkloads } from './read';
import { traefikOf } from './traefik';
import type { DrillWorkload } from './workload';

/** What a namespace may have in all. */
export interface Quota {
  readonly namespace: string;
  /** Whether it counts the pods of an object, or may count them. */
  readonly mayCount: (object: KubernetesObject) => boolean;
  readonly pods: number;
  readonly requests: Amount;
  readonly limits: Amount;
}

/** A cluster at rest: what runs, and what it runs on. */
export interface DrillCluster {
  readonly facts: Required<DrillFacts>;
  readonly manifests: Manifests;
  readonly workloads: readonly DrillWorkload[];
  readonly quotas: readonly Quota[];
}

/** @param objects the final documents; workloads of the distribution are among the facts */
export function readDrillCluster(objects: readonly KubernetesObject[], given: DrillFacts): DrillCluster {
  const facts = {
    defaultStorageClass: undefined,
    external: [],
    needs: {},
    edgeAddresses: [],
    system: [],
    ...given,
  };
  const manifests = new Manifests(objects, { nodes: facts.nodes });
  const own = readWorkloads(manifests, facts, false);
  const system = new Manifests([...traefikOf(manifests), ...facts.system], { nodes: facts.nodes });
  return {
    facts,
    manifests,
    workloads: [...own, ...readWorkloads(system, facts, true)],
    quotas: manifests.of('ResourceQuota').map(({ object, fields }) => {
      const hard = fields.spec?.hard ?? {};
      const limit = (...names: string[]) =>
        Math.min(...names.map((name) => parseQuantity(String(hard[name] ?? '')) ?? Number.POSITIVE_INFINITY));
      return {
        namespace: namespaceOf(object),
        mayCount: (counted) => {
          const pod = manifests.pods.madeBy(counted);
          return pod === undefined || isInScope(pod, fields.spec ?? {}) !== false;
        },
        pods: limit('pods', 'count/pods'),
        requests: { cpu: limit('requests.cpu', 'cpu'), memory: limit('requests.memory', 'memory') },
        limits: { cpu: limit('limits.cpu'), memory: limit('limits.memory') },
      };
    }),
  };
}

/** What pods of Deployments, Jobs and the like may request of a node: what DaemonSets leave of it. */
export function roomOf(node: Node, index: number, { workloads }: Pick<DrillCluster, 'workloads'>): Amount {
  const daemons = workloads.filter(({ kind, admitted }) => kind === 'DaemonSet' && admitted.has(index));
  const whole = allocatable(node);
  return {
    cpu: daemons.reduce((left, { requests }) => left - requests.cpu, whole.cpu),
    memory: daemons.reduce((left, { requests }) => left - requests.memory, whole.memory),
  };
}

import type { KubernetesObject } from '../../../documents/kubernetes';
import { namespaceOf } from '../../../kubernetes/kinds';
import { Manifests } from '../../../kubernetes/manifests';
import { parseQuantity } from '../../../kubernetes/quantity';
import { type Amount, allocatable, type Node } from '../../../kubernetes/scheduling/node';
import { isInScope } from '../../../kubernetes/scheduling/quota';
import type { DrillFacts } from '../facts';
import { Crowd, type Quota } from './crowd';
import { readWorkloads } from './read';
import { traefikOf } from './traefik';
import type { DrillWorkload } from './workload';

/** A cluster at rest: what runs, and what it runs on. */
export interface DrillCluster {
  readonly facts: Required<DrillFacts>;
  readonly manifests: Manifests;
  readonly workloads: readonly DrillWorkload[];
  readonly quotas: readonly Quota[];
  readonly crowd: Crowd;
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
  const workloads = [...own, ...readWorkloads(system, facts, true)];
  return {
    facts,
    manifests,
    workloads,
    crowd: crowdOf(facts.nodes, workloads),
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

/** The cluster with another workload instead of one of its own. */
export function replaceWorkload(
  cluster: DrillCluster,
  workload: DrillWorkload,
  other: DrillWorkload,
): DrillCluster {
  const replaced = () => cluster.workloads.map((each) => (each === workload ? other : each));
  // A workload's crowd consists of the others, and only a DaemonSet takes room on the nodes from them.
  const crowd = workload.kind === 'DaemonSet' ? crowdOf(cluster.facts.nodes, replaced()) : cluster.crowd;
  return {
    ...cluster,
    crowd,
    // A list for each variant of each workload would take memory by the square of the workloads.
    get workloads() {
      return replaced();
    },
  };
}

function crowdOf(nodes: readonly Node[], workloads: readonly DrillWorkload[]): Crowd {
  const daemons = workloads.filter(({ kind }) => kind === 'DaemonSet');
  const rooms = nodes.map((node, index) => roomOf(node, index, daemons));
  return new Crowd(workloads, rooms);
}

/** What pods of Deployments, Jobs and the like may request of a node: what DaemonSets leave of it. */
function roomOf(node: Node, index: number, all: readonly DrillWorkload[]): Amount {
  const daemons = all.filter(({ admitted }) => admitted.has(index));
  const whole = allocatable(node);
  return {
    cpu: daemons.reduce((left, { requests }) => left - requests.cpu, whole.cpu),
    memory: daemons.reduce((left, { requests }) => left - requests.memory, whole.memory),
  };
}

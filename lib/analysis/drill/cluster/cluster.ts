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

/** A cluster before any failure: its workloads and nodes. */
export interface DrillCluster {
  readonly facts: Required<DrillFacts>;
  readonly manifests: Manifests;
  readonly workloads: readonly DrillWorkload[];
  readonly quotas: readonly Quota[];
  readonly crowd: Crowd;
}

/** @param objects the final documents, without the workloads that k3s installs: those are in the facts */
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

/** The cluster with one workload replaced by another. */
export function replaceWorkload(
  cluster: DrillCluster,
  workload: DrillWorkload,
  other: DrillWorkload,
): DrillCluster {
  const replaced = () => cluster.workloads.map((each) => (each === workload ? other : each));
  // The pods of other workloads stay the same. Only a DaemonSet changes the capacity that is left for them.
  const crowd = workload.kind === 'DaemonSet' ? crowdOf(cluster.facts.nodes, replaced()) : cluster.crowd;
  return {
    ...cluster,
    crowd,
    // Computed on each access: storing this list for all variants would need memory proportional to the square of the
    // number of workloads.
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

/** The allocatable resources of a node, minus the requests of its DaemonSet pods. */
function roomOf(node: Node, index: number, all: readonly DrillWorkload[]): Amount {
  const daemons = all.filter(({ admitted }) => admitted.has(index));
  const whole = allocatable(node);
  return {
    cpu: daemons.reduce((left, { requests }) => left - requests.cpu, whole.cpu),
    memory: daemons.reduce((left, { requests }) => left - requests.memory, whole.memory),
  };
}

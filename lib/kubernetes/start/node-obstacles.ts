import type { PodSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { isSidecar } from '../rollout/pod-start';
import { admits } from '../scheduling/admission';
import { allocatable, hostnameLabel, isWithin, type Node } from '../scheduling/node';
import { amountsOf } from '../scheduling/requests';
import { isLocal } from '../storage/local-path';
import type { Pod } from '../workloads/pods';
import type { StartObstacle } from './start-obstacle';

/** The pods of the previous template that still run, and the nodes at that time. */
export interface PlacedBefore {
  readonly pod: Pod;
  readonly nodes: readonly Node[];
}

/** The reasons why no node accepts a new pod, even if no other pods run. */
export function findNodeObstacles(
  pod: Pod,
  manifests: Manifests,
  nodes: readonly Node[],
  before: PlacedBefore | undefined,
): StartObstacle[] {
  if (nodes.length === 0) return [];
  const open = nodes.filter((node) => admits(pod.spec, node));
  // The DaemonSet controller creates pods only for nodes that accept them.
  if (pod.object.kind === 'DaemonSet')
    return open.length === 0 ? [] : findSizeObstacles(pod, manifests, open);
  if (open.length === 0) return [admissionObstacle(pod, nodes, before)];
  const away = findVolumeObstacle(pod, manifests, open, before);
  return [
    ...findTopologyObstacles(pod, open),
    ...(away === undefined ? [] : [away]),
    ...findSizeObstacles(pod, manifests, open),
    ...(isReleased(pod.spec) ? [] : [gateObstacle(pod)]),
  ];
}

function admissionObstacle(
  { spec, path }: Pod,
  nodes: readonly Node[],
  before: PlacedBefore | undefined,
): StartObstacle {
  const stage = 'unplaced';
  const names = nodes.map(({ name }) => name).join(', ');
  const { nodeSelector = {}, nodeName, tolerations: _, ...rest } = spec;
  const absent = Object.entries(nodeSelector).filter(
    ([key, value]) => !nodes.some((node) => admits({ nodeSelector: { [key]: value }, tolerations }, node)),
  );
  if (absent.length > 0) {
    const asked = absent.map(([key, value]) => `${key}=${value}`);
    const labels = asked.join(', ');
    // The suggested node is one on which the pods run today, because their volumes may be there.
    const home = before?.nodes.find((node) => admits(before.pod.spec, node)) ?? nodes[0];
    return {
      ...{ stage, key: `selector ${labels}`, path: `${path}.nodeSelector` },
      reason: `the nodeSelector requires ${labels}, but no node has this label`,
      wayOut: `Use a label of a node, or add the label to a node: kubectl label node ${home?.labels[hostnameLabel] ?? home?.name} ${asked.join(' ')}`,
    };
  }
  if (nodeName !== undefined && !nodes.some(({ name }) => name === nodeName))
    return {
      ...{ stage, key: `node ${nodeName}`, path: `${path}.nodeName` },
      reason: `the nodeName is ${nodeName}, but the nodes are ${names}`,
      wayOut: 'Remove nodeName, or use one of these names.',
    };
  const isTainted = nodes.some((node) => admits({ ...rest, nodeSelector, tolerations }, node));
  return isTainted
    ? {
        ...{ stage, key: 'taints', path: `${path}.tolerations` },
        reason:
          'each node that the nodeSelector and affinity match has a taint that the pod does not tolerate',
        wayOut: 'Add a toleration for the taints of one of these nodes.',
      }
    : {
        ...{ stage, key: 'affinity', path: `${path}.affinity` },
        reason: `the nodeSelector and the required node affinity match none of the nodes ${names}`,
        wayOut: 'Select labels that one of the nodes has.',
      };
}

/** A toleration that tolerates every taint, because it has no key. */
const tolerations = [{ operator: 'Exists' }];

function findTopologyObstacles({ spec, path }: Pod, open: readonly Node[]): StartObstacle[] {
  const lacks = (key: string) => key !== '' && open.every(({ labels }) => labels[key] === undefined);
  const obstacle = (at: string, key: string, what: string): StartObstacle => ({
    ...{ stage: 'unplaced', key: `topology ${key}`, path: `${path}.${at}.topologyKey` },
    reason: `none of the nodes that may run the pod has the label ${key}, which ${what}`,
    wayOut: 'Set topologyKey to a label that the nodes have, such as kubernetes.io/hostname.',
  });
  const near = spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey = '', whenUnsatisfiable }, index) =>
      whenUnsatisfiable !== 'ScheduleAnyway' && lacks(topologyKey)
        ? [
            obstacle(
              `topologySpreadConstraints[${index}]`,
              topologyKey,
              'is the topologyKey of a topology spread constraint with DoNotSchedule',
            ),
          ]
        : [],
    ),
    ...near.flatMap(({ topologyKey = '' }, index) => {
      const at = `affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[${index}]`;
      return lacks(topologyKey)
        ? [obstacle(at, topologyKey, 'is the topologyKey of a required pod affinity')]
        : [];
    }),
  ];
}

/** The obstacle that a local volume is on a node that accepted the old pods, but does not accept the new ones. */
function findVolumeObstacle(
  pod: Pod,
  manifests: Manifests,
  open: readonly Node[],
  before: PlacedBefore | undefined,
): StartObstacle | undefined {
  if (before === undefined) return undefined;
  const mounted = new Set(claimNames(before.pod.spec));
  const claim = claimNames(pod.spec).find((name) => {
    const spec = manifests.typed('PersistentVolumeClaim', pod.namespace, name)?.spec;
    return mounted.has(name) && spec !== undefined && isLocal(spec.storageClassName);
  });
  if (claim === undefined) return undefined;
  const homes = before.nodes.filter((node) => admits(before.pod.spec, node)).map(({ name }) => name);
  if (homes.length === 0 || open.some(({ name }) => homes.includes(name))) return undefined;
  const now = open.map(({ name }) => name).join(', ');
  return {
    ...{ stage: 'unplaced', key: `volume ${claim}`, path: `${pod.path}.nodeSelector` },
    reason: `the volume of PersistentVolumeClaim ${pod.namespace}/${claim} is on ${homes.join(' or ')}, but only ${now} accepts the pods now`,
    wayOut: `Allow the pods to run on ${homes.join(' or ')} again. To move the data instead: stop the workload, copy the files to a new claim that is first mounted on ${now}, and mount the new claim.`,
  };
}

function claimNames({ volumes = [] }: PodSpec): string[] {
  return volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

function findSizeObstacles(pod: Pod, manifests: Manifests, open: readonly Node[]): StartObstacle[] {
  const requests = amountsOf(pod, manifests);
  const daemons = manifests
    .of('DaemonSet')
    .flatMap(({ object }) => (object === pod.object ? [] : (manifests.pods.madeBy(object) ?? [])));
  const fits = open.some((node) => {
    const room = { ...allocatable(node) };
    for (const daemon of daemons) {
      if (!admits(daemon.spec, node)) continue;
      const { cpu, memory } = amountsOf(daemon, manifests);
      room.cpu -= cpu;
      room.memory -= memory;
    }
    return isWithin(requests, room);
  });
  if (fits) return [];
  const largest = (of: (node: Node) => number) => Math.max(...open.map(of));
  const cpu = largest((node) => allocatable(node).cpu);
  const memory = largest((node) => allocatable(node).memory);
  const index = Math.max(
    0,
    (pod.spec.containers ?? []).findIndex((each) => !isSidecar(each)),
  );
  return [
    {
      ...{ stage: 'unplaced', key: 'requests' },
      path: `${pod.path}.containers[${index}].resources.requests`,
      reason: `a pod requests ${describeAmount(requests)}, but the nodes that may run the pod have at most ${describeAmount({ cpu, memory })}, and DaemonSets use a part of that`,
      wayOut: 'Lower the requests, or add a larger node.',
    },
  ];
}

function describeAmount({ cpu, memory }: { readonly cpu: number; readonly memory: number }): string {
  return `${Number(cpu.toFixed(3))} CPU and ${Math.round(memory / 2 ** 20)}Mi`;
}

function isReleased({ schedulingGates = [] }: PodSpec): boolean {
  return schedulingGates.length === 0;
}

function gateObstacle({ path, spec }: Pod): StartObstacle {
  const gates = (spec.schedulingGates ?? []).map(({ name }) => name).join(', ');
  return {
    ...{ stage: 'unplaced', key: `gates ${gates}`, path: `${path}.schedulingGates` },
    reason: `the scheduling gates ${gates} keep the pod Pending until a controller removes these gates`,
    wayOut: 'Remove schedulingGates, unless the cluster has a controller that removes these gates.',
  };
}

import type { PodSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { isSidecar } from '../rollout/pod-start';
import { admits } from '../scheduling/admission';
import { allocatable, hostnameLabel, isWithin, type Node } from '../scheduling/node';
import { amountsOf } from '../scheduling/requests';
import { isLocal } from '../storage/local-path';
import type { Pod } from '../workloads/pods';
import type { StartObstacle } from './start-obstacle';

/** The pods that run, and the nodes as they were when these got theirs. */
export interface PlacedBefore {
  readonly pod: Pod;
  readonly nodes: readonly Node[];
}

/** Why no node takes a new pod, however few others there are. */
export function findNodeObstacles(
  pod: Pod,
  manifests: Manifests,
  nodes: readonly Node[],
  before: PlacedBefore | undefined,
): StartObstacle[] {
  if (nodes.length === 0) return [];
  const open = nodes.filter((node) => admits(pod.spec, node));
  // A DaemonSet makes pods for the nodes that admit them.
  if (pod.object.kind === 'DaemonSet') return open.length === 0 ? [] : tooLarge(pod, manifests, open);
  if (open.length === 0) return [notAdmitted(pod, nodes, before)];
  const away = awayFromVolume(pod, manifests, open, before);
  return [
    ...missingTopology(pod, open),
    ...(away === undefined ? [] : [away]),
    ...tooLarge(pod, manifests, open),
    ...(isReleased(pod.spec) ? [] : [gated(pod)]),
  ];
}

function notAdmitted(
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
    // Where the pods are, their volumes may be.
    const home = before?.nodes.find((node) => admits(before.pod.spec, node)) ?? nodes[0];
    return {
      ...{ stage, key: `selector ${labels}`, path: `${path}.nodeSelector` },
      reason: `no node has the label ${labels} that its node selector asks for`,
      wayOut: `Ask for a label that a node has, or give it to one: kubectl label node ${home?.labels[hostnameLabel] ?? home?.name} ${asked.join(' ')}`,
    };
  }
  if (nodeName !== undefined && !nodes.some(({ name }) => name === nodeName))
    return {
      ...{ stage, key: `node ${nodeName}`, path: `${path}.nodeName` },
      reason: `it names the node ${nodeName}, and there are only ${names}`,
      wayOut: 'Remove nodeName, or name one of these.',
    };
  const isTainted = nodes.some((node) => admits({ ...rest, nodeSelector, tolerations }, node));
  return isTainted
    ? {
        ...{ stage, key: 'taints', path: `${path}.tolerations` },
        reason: 'it tolerates the taints of none of the nodes that its selector and affinity leave',
        wayOut: 'Add a toleration of the taint of a node that may run it.',
      }
    : {
        ...{ stage, key: 'affinity', path: `${path}.affinity` },
        reason: `its node selector and required node affinity leave none of the nodes ${names}`,
        wayOut: 'Ask for what one node has.',
      };
}

/** Of every taint. */
const tolerations = [{ operator: 'Exists' }];

function missingTopology({ spec, path }: Pod, open: readonly Node[]): StartObstacle[] {
  const lacks = (key: string) => key !== '' && open.every(({ labels }) => labels[key] === undefined);
  const obstacle = (at: string, key: string, what: string): StartObstacle => ({
    ...{ stage: 'unplaced', key: `topology ${key}`, path: `${path}.${at}.topologyKey` },
    reason: `no node that may run it has the label ${key} by which ${what}`,
    wayOut: 'Name a label that the nodes have, such as kubernetes.io/hostname.',
  });
  const near = spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey = '', whenUnsatisfiable }, index) =>
      whenUnsatisfiable !== 'ScheduleAnyway' && lacks(topologyKey)
        ? [obstacle(`topologySpreadConstraints[${index}]`, topologyKey, 'its hard spread tells nodes apart')]
        : [],
    ),
    ...near.flatMap(({ topologyKey = '' }, index) => {
      const at = `affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[${index}]`;
      return lacks(topologyKey) ? [obstacle(at, topologyKey, 'it must be near other pods')] : [];
    }),
  ];
}

/** A volume of one node lies on a node that admitted the pods before. */
function awayFromVolume(
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
    reason: `the volume of PersistentVolumeClaim ${pod.namespace}/${claim} lies on ${homes.join(' or ')}, and only ${now} may run its pods now`,
    wayOut: `Let the pods run on ${homes.join(' or ')} as before. To move: stop it, copy the files to a claim of another name that is first mounted on ${now}, and mount that one.`,
  };
}

function claimNames({ volumes = [] }: PodSpec): string[] {
  return volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

function tooLarge(pod: Pod, manifests: Manifests, open: readonly Node[]): StartObstacle[] {
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
      reason: `a pod requests ${describeAmount(requests)}, and no node that may run it has so much: at most ${describeAmount({ cpu, memory })} before DaemonSets`,
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

function gated({ path, spec }: Pod): StartObstacle {
  const gates = (spec.schedulingGates ?? []).map(({ name }) => name).join(', ');
  return {
    ...{ stage: 'unplaced', key: `gates ${gates}`, path: `${path}.schedulingGates` },
    reason: `its scheduling gates ${gates} keep it Pending until a controller removes them`,
    wayOut: 'Remove schedulingGates, unless such a controller runs.',
  };
}

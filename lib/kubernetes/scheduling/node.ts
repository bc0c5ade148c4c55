import type { Labels } from '../workloads/selector';

/** CPU in cores and memory in bytes. */
export interface Amount {
  readonly cpu: number;
  readonly memory: number;
}

/** A taint. Only pods with a matching toleration run on the node. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export interface Node {
  readonly name: string;
  /** The labels, including those that the kubelet sets, such as `kubernetes.io/hostname`. */
  readonly labels: Labels;
  readonly taints?: readonly Taint[];
  /** Resources of the whole machine. */
  readonly capacity: Amount;
  /**
   * Resources that are reserved for the operating system and the kubelet. @default nothing is subtracted, and
   * the drill reports this assumption
   */
  readonly reserved?: Amount | undefined;
  /**
   * The failure domain, such as `nbg1`. @default unknown: the drill simulates no failure of the node's zone
   */
  readonly zone?: string | undefined;
  /** Whether the node runs the control plane and an etcd member. @default false */
  readonly isServer?: boolean;
}

/** Default `--max-pods` of the kubelet. */
export const podsPerNode = 110;

/** The kubelet's default memory eviction threshold in bytes: pods cannot request this part of the memory. */
export const evictionThreshold = 100 * 2 ** 20;

/**
 * Allocatable resources of a node: capacity without reserved resources and eviction threshold.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/#node-allocatable
 */
export function allocatable({ capacity, reserved }: Pick<Node, 'capacity' | 'reserved'>): Amount {
  return {
    cpu: Math.max(0, capacity.cpu - (reserved?.cpu ?? 0)),
    memory: Math.max(0, capacity.memory - (reserved?.memory ?? 0) - evictionThreshold),
  };
}

/** Tolerance for rounding errors in sums of decimal fractions. */
const slack = 1e-6;

/** Whether both the CPU and the memory are enough. */
export function isWithin(asked: Amount, available: Amount): boolean {
  return asked.cpu <= available.cpu + slack && asked.memory <= available.memory + slack;
}

/** Number of pods with these requests that fit into the free resources of a node. */
export function howManyFit(requests: Amount, available: Amount): number {
  const of = (resource: keyof Amount) =>
    requests[resource] === 0 ? podsPerNode : Math.floor((available[resource] + slack) / requests[resource]);
  return Math.max(0, Math.min(podsPerNode, of('cpu'), of('memory')));
}

/** Multiplies an amount. */
export function times({ cpu, memory }: Amount, count: number): Amount {
  return { cpu: cpu * count, memory: memory * count };
}

/** The label with the name of a node. As a topologyKey, it makes every node a domain of its own. */
export const hostnameLabel = 'kubernetes.io/hostname';

/** The label with the zone of a node. */
export const zoneLabel = 'topology.kubernetes.io/zone';

/** The labels that the kubelet sets on a node. */
export function kubeletLabels(hostname: string, architecture?: string): Labels {
  return {
    [hostnameLabel]: hostname,
    'kubernetes.io/os': 'linux',
    ...(architecture !== undefined && { 'kubernetes.io/arch': architecture }),
  };
}

import type { Labels } from '../workloads/selector';

/** CPU in cores and memory in bytes. */
export interface Amount {
  readonly cpu: number;
  readonly memory: number;
}

/** What keeps pods off a node unless they tolerate it. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** A node of the cluster, as far as pods and failures are concerned. */
export interface Node {
  readonly name: string;
  /** Those that the kubelet adds, too, such as `kubernetes.io/hostname`. */
  readonly labels: Labels;
  readonly taints?: readonly Taint[];
  /** What the machine has. */
  readonly capacity: Amount;
  /** What is reserved for the system and the kubelet. @default unknown: nothing is taken off, and the drill says so */
  readonly reserved?: Amount | undefined;
  /** The part of the provider that fails as one, such as `nbg1`. @default unknown: no failure of a zone is played */
  readonly zone?: string | undefined;
  /** Runs the API server, the controllers and a member of etcd. @default false: they run elsewhere */
  readonly isServer?: boolean;
}

/** The kubelet's default for `--max-pods`. */
export const podsPerNode = 110;

/** The kubelet's default threshold of eviction, in bytes, which no pod may request. */
export const evictionThreshold = 100 * 2 ** 20;

/**
 * What pods may request of a node: its capacity, less what is reserved and the kubelet's threshold of eviction.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/#node-allocatable
 */
export function allocatable({ capacity, reserved }: Pick<Node, 'capacity' | 'reserved'>): Amount {
  return {
    cpu: Math.max(0, capacity.cpu - (reserved?.cpu ?? 0)),
    memory: Math.max(0, capacity.memory - (reserved?.memory ?? 0) - evictionThreshold),
  };
}

/** Amounts are sums of decimal fractions. */
const slack = 1e-6;

/** Whether an amount is available in both resources. */
export function isWithin(asked: Amount, available: Amount): boolean {
  return asked.cpu <= available.cpu + slack && asked.memory <= available.memory + slack;
}

/** How many pods with these requests fit on a node that has so much left, and no other pod. */
export function howManyFit(requests: Amount, available: Amount): number {
  const of = (resource: keyof Amount) =>
    requests[resource] === 0 ? podsPerNode : Math.floor((available[resource] + slack) / requests[resource]);
  return Math.max(0, Math.min(podsPerNode, of('cpu'), of('memory')));
}

/** So many times an amount. */
export function times({ cpu, memory }: Amount, count: number): Amount {
  return { cpu: cpu * count, memory: memory * count };
}

/** The label that the kubelet gives a node: each is a domain of its own. */
export const hostnameLabel = 'kubernetes.io/hostname';

/** The label that says in which zone a node is. */
export const zoneLabel = 'topology.kubernetes.io/zone';

/** The labels that the kubelet gives a node. */
export function kubeletLabels(hostname: string, architecture?: string): Labels {
  return {
    [hostnameLabel]: hostname,
    'kubernetes.io/os': 'linux',
    ...(architecture !== undefined && { 'kubernetes.io/arch': architecture }),
  };
}

import type { PodSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { resolvePace } from '../rollout/rollout-pace';
import { rolloutStrategyOf } from '../rollout/rollout-strategy';
import { knownMost } from '../workloads/pod-count';
import type { Pod } from '../workloads/pods';
import { admits } from './admission';
import { type Amount, allocatable, isWithin, type Node, podsPerNode } from './node';
import { amountsOf } from './requests';

/** The pods of one object that may exist at once, and the requests of each pod. */
export interface Demand {
  readonly name: string;
  readonly pods: number;
  readonly requests: Amount;
  /** The pod spec, which decides the nodes that accept the pods. */
  readonly spec: PodSpec;
  /** Whether every node that accepts the pods runs one of them (DaemonSet). */
  readonly isPerNode: boolean;
}

/**
 * The requests of all pods of an object at the worst moment: during a rollout, with its autoscaler at the
 * maximum.
 */
export function demandOf(pod: Pod, manifests: Manifests): Demand {
  const { object, spec } = pod;
  return {
    name: object.metadata.name,
    pods: rolloutPeak(pod),
    requests: amountsOf(pod, manifests),
    spec,
    isPerNode: object.kind === 'DaemonSet',
  };
}

/** The maximum number of pods of an object during a rollout. */
export function rolloutPeak({ object, count }: Pod): number {
  const most = knownMost(count);
  return most + resolvePace(rolloutStrategyOf(object), most).surge;
}

/** A node and its free resources. */
interface Space {
  readonly node: Node;
  readonly whole: Amount;
  cpu: number;
  memory: number;
  pods: number;
}

/**
 * Places pods as the scheduler does: pods of DaemonSets first, then the largest pods, each on the node with
 * the most free resources. Pods that only lost nodes accept are left out, because they stay Pending in any
 * case.
 *
 * @returns names of objects whose pods do not fit
 */
export function findUnplaced(
  left: readonly Node[],
  all: readonly Node[],
  demands: readonly Demand[],
): string[] {
  const spaces = left.map(
    (node): Space => ({ node, whole: allocatable(node), ...allocatable(node), pods: 0 }),
  );
  const unplaced = new Set<string>();
  const daemons = demands.filter(({ isPerNode }) => isPerNode);
  for (const demand of daemons)
    for (const space of spaces.filter(({ node }) => admits(demand.spec, node)))
      if (hasRoom(space, demand)) take(space, demand);
      else unplaced.add(demand.name);
  const waits = ({ spec }: Demand): boolean =>
    all.some((node) => admits(spec, node)) && !left.some((node) => admits(spec, node));
  const whole = all.map(allocatable);
  const most = {
    cpu: Math.max(...whole.map(({ cpu }) => cpu)),
    memory: Math.max(...whole.map(({ memory }) => memory)),
  };
  const share = ({ requests }: Demand): number =>
    Math.max(requests.cpu / most.cpu, requests.memory / most.memory);
  const others = demands.filter((each) => !each.isPerNode && !waits(each));
  for (const demand of others.sort((a, b) => share(b) - share(a))) {
    const open = spaces.filter(({ node }) => admits(demand.spec, node));
    for (let pod = 0; pod < demand.pods; pod += 1) {
      const [roomiest] = open
        .filter((each) => hasRoom(each, demand))
        .sort((a, b) => b.memory / b.whole.memory - a.memory / a.whole.memory);
      if (roomiest === undefined) {
        unplaced.add(demand.name);
        break;
      }
      take(roomiest, demand);
    }
  }
  return [...unplaced];
}

function hasRoom(space: Space, { requests }: Demand): boolean {
  return space.pods < podsPerNode && isWithin(requests, space);
}

function take(space: Space, { requests }: Demand): void {
  space.cpu -= requests.cpu;
  space.memory -= requests.memory;
  space.pods += 1;
}

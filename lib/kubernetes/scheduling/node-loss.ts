import type { Manifests } from '../manifests';
import { admits } from './admission';
import { type Amount, allocatable, type Node, times } from './node';
import { demandOf, findUnplaced } from './placement';

/** The resources that pods have and need after the loss of a node. */
export interface NodeLoss {
  readonly lost: Node;
  /** The sum of the allocatable resources of the remaining nodes. */
  readonly left: Amount;
  /** The sum of the requests at the worst moment: during a rollout, with all autoscalers at their maximum. */
  readonly asked: Amount;
  /** Names of the objects whose pods do not fit on the remaining nodes. */
  readonly unplaced: readonly string[];
}

/** For each node, what its loss means. Pods that no node accepts, even without a loss, are left out. */
export function nodeLosses(nodes: readonly Node[], manifests: Manifests): NodeLoss[] {
  const placeable = manifests.pods.all.filter(({ spec }) => nodes.some((node) => admits(spec, node)));
  const demands = placeable.map((pod) => demandOf(pod, manifests));
  return nodes.map((lost) => {
    const others = nodes.filter((node) => node !== lost);
    const asked = demands.map(({ requests, pods, isPerNode, spec }) =>
      times(requests, isPerNode ? others.filter((node) => admits(spec, node)).length : pods),
    );
    return {
      lost,
      left: sum(others.map(allocatable)),
      asked: sum(asked),
      unplaced: findUnplaced(others, nodes, demands),
    };
  });
}

function sum(amounts: readonly Amount[]): Amount {
  return amounts.reduce((all, { cpu, memory }) => ({ cpu: all.cpu + cpu, memory: all.memory + memory }), {
    cpu: 0,
    memory: 0,
  });
}

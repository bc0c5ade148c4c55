import type { Node } from './facts';
import type { Manifests } from './manifests';
import type { Pod } from './pods';
import { parseQuantity } from './quantity';

/** Pods of one kind that may exist at once, and what each requests. */
export interface Demand {
  readonly name: string;
  readonly pods: number;
  readonly cpu: number;
  readonly memory: number;
  readonly nodeSelector: Readonly<Record<string, string>>;
}

/** What a pod asks of the nodes at the worst moment: an autoscaler at its maximum, and the surge of a rollout. */
export function demandOf(pod: Pod, manifests: Manifests): Demand[] {
  const { object, spec } = pod;
  if (object.kind === 'DaemonSet') return [];
  const most = pod.replicas ?? manifests.autoscaler(object)?.fields.spec?.maxReplicas ?? 1;
  return [
    {
      name: object.metadata.name,
      pods: most + surgeOf(object, most),
      cpu: requestOf(pod, 'cpu'),
      memory: requestOf(pod, 'memory'),
      nodeSelector: spec.nodeSelector ?? {},
    },
  ];
}

/** How many pods a rollout adds; Kubernetes' default is 25 %, rounded up. */
export function surgeOf(object: Pod['object'], replicas: number): number {
  const { strategy } = (object['spec'] ?? {}) as {
    strategy?: { type?: string; rollingUpdate?: { maxSurge?: string | number } };
  };
  if (object.kind !== 'Deployment' || strategy?.type === 'Recreate') return 0;
  const surge = strategy?.rollingUpdate?.maxSurge ?? '25%';
  return typeof surge === 'number' ? surge : Math.ceil((replicas * Number.parseInt(surge, 10)) / 100);
}

/** What the scheduler counts: all containers together, or the largest init container if that is more. */
export function requestOf({ spec }: Pod, resource: string, side: 'requests' | 'limits' = 'requests'): number {
  const amount = (container: { resources?: { requests?: object; limits?: object } }): number => {
    const stated = container.resources?.[side] as Readonly<Record<string, string | number>> | undefined;
    return parseQuantity(String(stated?.[resource] ?? '0')) ?? 0;
  };
  const initial = spec.initContainers ?? [];
  const sidecars = initial.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const together = [...sidecars, ...(spec.containers ?? [])].reduce(
    (sum, container) => sum + amount(container),
    0,
  );
  return Math.max(together, ...initial.map(amount));
}

/**
 * Places pods one after another, the largest first, each on the node that has most left: as the scheduler spreads them.
 * Pods that only nodes can hold which are gone have to wait anyway, and are left out.
 *
 * @returns the names of those for which no room is left
 */
export function placedOn(left: readonly Node[], all: readonly Node[], demands: readonly Demand[]): string[] {
  const free = left.map((node) => ({ node, cpu: node.cpu, memory: node.memory }));
  const fits = ({ labels }: Node, { nodeSelector }: Demand): boolean =>
    Object.entries(nodeSelector).every(
      ([key, value]) => key.startsWith('kubernetes.io/') || labels[key] === value,
    );
  const waiting = (demand: Demand): boolean =>
    all.some((node) => fits(node, demand)) && !left.some((node) => fits(node, demand));
  const share = ({ cpu, memory }: Demand): number =>
    Math.max(
      cpu / Math.max(...all.map((node) => node.cpu)),
      memory / Math.max(...all.map((node) => node.memory)),
    );
  const unplaced = new Set<string>();
  for (const demand of [...demands].filter((each) => !waiting(each)).sort((a, b) => share(b) - share(a))) {
    for (let pod = 0; pod < demand.pods; pod += 1) {
      const [roomiest] = free
        .filter((each) => fits(each.node, demand) && each.cpu >= demand.cpu && each.memory >= demand.memory)
        .sort((a, b) => b.memory / b.node.memory - a.memory / a.node.memory);
      if (roomiest === undefined) {
        unplaced.add(demand.name);
        break;
      }
      roomiest.cpu -= demand.cpu;
      roomiest.memory -= demand.memory;
    }
  }
  return [...unplaced];
}

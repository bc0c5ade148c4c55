import type { FlowPod, FlowPods } from './pods';
import type { Policy } from './policy';

/** A group of pods that no policy and no declaration distinguishes. */
export interface PodGroup {
  readonly id: number;
  readonly pods: readonly FlowPod[];
  readonly namespace: string;
}

/** Ids of pod groups. */
export type GroupSet = ReadonlySet<number>;

/**
 * Groups pods by the selectors that match them and, if policies use port names, by the names of their ports. Without
 * policies, a thousand workloads of a namespace are one group.
 */
export class PodGroups {
  readonly all: readonly PodGroup[];
  private readonly groupOf: readonly number[];
  private readonly sets = new WeakMap<readonly number[], GroupSet>();

  /** @param selected the ids of the pods that each selector matches */
  constructor(pods: FlowPods, policies: readonly Policy[], selected: Iterable<readonly number[]>) {
    const selectors = pods.all.map((): number[] => []);
    let number = 0;
    for (const ids of new Set(selected)) {
      for (const id of ids) selectors[id]?.push(number);
      number += 1;
    }
    const isByPort = policies.some(namesPorts);
    const groups = new Map<string, FlowPod[]>();
    for (const pod of pods.all) {
      const ports = isByPort ? JSON.stringify(pod.ports ?? 'unknown') : '';
      const key = `${pod.namespace}\n${selectors[pod.id]?.join()}\n${ports}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [pod]);
      else group.push(pod);
    }
    this.all = [...groups.values()].map((group, id) => ({
      id,
      pods: group,
      namespace: group[0]?.namespace ?? '',
    }));
    const groupOf: number[] = [];
    for (const { id, pods: members } of this.all) for (const pod of members) groupOf[pod.id] = id;
    this.groupOf = groupOf;
  }

  /** The groups of the given pods. Each group must be given as a whole. */
  of(pods: readonly number[]): GroupSet {
    let set = this.sets.get(pods);
    if (set === undefined) {
      set = new Set(pods.map((id) => this.groupOf[id] ?? -1));
      this.sets.set(pods, set);
    }
    return set;
  }
}

function namesPorts({ ingress = [], egress = [] }: Policy): boolean {
  return [...ingress, ...egress].some(({ ports }) => ports.some(({ port }) => typeof port === 'string'));
}

import type { FlowPod, FlowPods } from './pods';
import type { Policy } from './policy';

/** Pods that no policy and no declaration distinguishes. */
export interface PodClass {
  readonly id: number;
  readonly pods: readonly FlowPod[];
  readonly namespace: string;
}

/** A set of classes, by id. */
export type ClassSet = ReadonlySet<number>;

/**
 * Groups pods by the selectors that match them and, if policies use port names, by the names of their ports. A
 * thousand workloads that no policy selects are one class.
 */
export class Classes {
  readonly all: readonly PodClass[];
  private readonly classOf: readonly number[];
  private readonly sets = new WeakMap<readonly number[], ClassSet>();

  /** @param selected the pods of each selector */
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
    const classOf: number[] = [];
    for (const { id, pods: members } of this.all) for (const pod of members) classOf[pod.id] = id;
    this.classOf = classOf;
  }

  /** The classes of the given pods, which must include every pod of each class. */
  of(pods: readonly number[]): ClassSet {
    let set = this.sets.get(pods);
    if (set === undefined) {
      set = new Set(pods.map((id) => this.classOf[id] ?? -1));
      this.sets.set(pods, set);
    }
    return set;
  }
}

function namesPorts({ ingress = [], egress = [] }: Policy): boolean {
  return [...ingress, ...egress].some(({ ports }) => ports.some(({ port }) => typeof port === 'string'));
}

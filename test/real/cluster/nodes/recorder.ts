import type { ServedObject } from '../servers/api-client';
import { hasEnded, isReady, type ServedPod } from './pods';

/** What was seen of the pods of one workload, from the start of a recording on. */
export interface Seen {
  /** Ready when the recording began. */
  readonly before: number;
  /** The fewest that were ready at one moment. */
  readonly least: number;
  /** Ready now. */
  readonly now: number;
  /** The most that ran at one moment, on lost nodes, too. */
  readonly mostRunning: number;
  /** Pods that were there when the recording began and are gone. */
  readonly gone: number;
  /** Pods that have no node now. */
  readonly unplaced: number;
}

interface Counts {
  ready: number;
  running: number;
  unplaced: number;
  uids: string[];
}

/** Pods by what a person calls them: `honeydue/api`. */
export function workloadOf({ metadata }: ServedPod): string {
  const { namespace, labels = {} } = metadata;
  return `${namespace}/${labels['app.kubernetes.io/name'] ?? labels['app'] ?? metadata.name}`;
}

/** An address list of a Service, as the controllers keep it. */
export interface EndpointSlice extends ServedObject {
  readonly endpoints?:
    | readonly { readonly nodeName?: string; readonly conditions?: { readonly ready?: boolean } }[]
    | null;
}

const none: Counts = { ready: 0, running: 0, unplaced: 0, uids: [] };

/** Counts at every change what is ready, and keeps the worst. */
export class Recorder {
  private seen = new Map<string, Seen>();
  private first: ReadonlyMap<string, Counts> = new Map();

  constructor(
    private readonly pods: () => ReadonlyMap<string, ServedPod>,
    private readonly slices: () => ReadonlyMap<string, EndpointSlice>,
    private readonly lost: ReadonlySet<string>,
  ) {}

  /** Forgets what was seen. */
  begin(): void {
    this.first = this.counts();
    this.seen = new Map();
    this.note();
  }

  /** Is to be called whenever a pod, an endpoint or a node changes. */
  note(): void {
    const counts = this.counts();
    for (const name of new Set([...this.seen.keys(), ...counts.keys()])) {
      const { ready, running, unplaced, uids } = counts.get(name) ?? none;
      const first = this.first.get(name) ?? none;
      const before = this.seen.get(name);
      this.seen.set(name, {
        before: first.ready,
        least: Math.min(before?.least ?? first.ready, ready),
        now: ready,
        mostRunning: Math.max(before?.mostRunning ?? 0, running),
        gone: first.uids.filter((uid) => !uids.includes(uid)).length,
        unplaced,
      });
    }
  }

  /** By workload, `honeydue/api`, and by Service, `Service honeydue/api`, whose endpoints count as its pods. */
  read(): ReadonlyMap<string, Seen> {
    this.note();
    return new Map([...this.seen].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private counts(): Map<string, Counts> {
    const counts = new Map<string, Counts>();
    const of = (name: string): Counts => {
      const known = counts.get(name) ?? { ready: 0, running: 0, unplaced: 0, uids: [] };
      counts.set(name, known);
      return known;
    };
    for (const pod of this.pods().values()) {
      if (hasEnded(pod)) continue;
      const count = of(workloadOf(pod));
      const { nodeName } = pod.spec;
      count.uids.push(pod.metadata.uid);
      const isHere = nodeName !== undefined && !this.lost.has(nodeName);
      if (nodeName === undefined) count.unplaced += 1;
      if (pod.status?.phase === 'Running') count.running += 1;
      if (isHere && isReady(pod) && pod.metadata.deletionTimestamp === undefined) count.ready += 1;
    }
    for (const { metadata, endpoints } of this.slices().values()) {
      const service = metadata.labels?.['kubernetes.io/service-name'];
      if (service === undefined) continue;
      const count = of(`Service ${metadata.namespace}/${service}`);
      for (const { nodeName = '', conditions } of endpoints ?? [])
        if (conditions?.ready === true && !this.lost.has(nodeName)) count.ready += 1;
    }
    return counts;
  }
}

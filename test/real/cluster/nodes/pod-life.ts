import type { Container } from '../../../../imports/kubernetes/kinds';
import { environmentObstacle, mountObstacle, type Sources } from './obstacles';
import { hasEnded, type ServedPod, secondsUntilEnded, secondsUntilReady } from './pods';

/** What the programs of a simulated cluster do. */
export interface Behaviour {
  /** Pods live so many times faster than stated: starts, probes, preStop and graces. Controllers don't. */
  readonly speed: number;
  /** Registries that give no image to a node that lacks it. */
  readonly silentRegistries: ReadonlySet<string>;
}

/** In seconds of a pod's own time, of which `speed` pass in one. */
const pulls = 2;
const answersAfter = 3;
const jobRuns = 5;
const initRuns = 1;
const firstBackOff = 10;

/** An image whose tag begins so can't be pulled. */
export const unpullable = 'unpullable';

/** What a kubelet does next with a pod. */
export type Step =
  | { readonly kind: 'report'; readonly status: ReportedStatus }
  | { readonly kind: 'remove' }
  | { readonly kind: 'wait' };

export interface ReportedStatus {
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly isReady: boolean;
  /** Why its containers don't run; empty where they do. */
  readonly waiting: string;
}

/** One pod on its node, from its first sight to its end. Times are in milliseconds. */
export class PodLife {
  private readonly seen: number;
  private running: number | undefined;
  private ending: number | undefined;

  /** @param wasRunning a kubelet that comes back finds the containers that it left */
  constructor(now: number, wasRunning: boolean) {
    this.seen = now;
    if (wasRunning) this.running = Number.NEGATIVE_INFINITY;
  }

  /** Its containers end, and start anew after the first back-off. */
  restart(now: number, { speed }: Behaviour): void {
    if (this.running !== undefined) this.running = now + (firstBackOff / speed) * 1000;
  }

  next(pod: ServedPod, now: number, behaviour: Behaviour, sources: Sources): Step {
    const since = (start: number) => ((now - start) / 1000) * behaviour.speed;
    if (pod.metadata.deletionTimestamp !== undefined) {
      this.ending ??= now;
      const isOver =
        this.running === undefined || hasEnded(pod) || since(this.ending) >= secondsUntilEnded(pod);
      if (!isOver) return { kind: 'wait' };
      if (hasEnded(pod)) return { kind: 'remove' };
      // Its last phase is final: the controller of a Job waits for that.
      return { kind: 'report', status: { phase: 'Failed', isReady: false, waiting: '' } };
    }
    if (hasEnded(pod)) return { kind: 'wait' };
    if (this.running === undefined) {
      const waiting = this.obstacle(pod, since(this.seen), behaviour, sources);
      if (waiting !== undefined)
        return { kind: 'report', status: { phase: 'Pending', isReady: false, waiting } };
      this.running = now;
    }
    const up = since(this.running);
    if (pod.spec.restartPolicy !== 'Always' && up >= jobRuns)
      return { kind: 'report', status: { phase: 'Succeeded', isReady: false, waiting: '' } };
    const isReady = up >= 0 && containersOf(pod).every((each) => up >= secondsUntilReady(each, answersAfter));
    return { kind: 'report', status: { phase: 'Running', isReady, waiting: '' } };
  }

  private obstacle(
    pod: ServedPod,
    age: number,
    { silentRegistries }: Behaviour,
    sources: Sources,
  ): string | undefined {
    const mount = mountObstacle(pod, sources);
    if (mount !== undefined) return mount;
    const initContainers = pod.spec.initContainers ?? [];
    const all = [...initContainers, ...containersOf(pod)];
    const unavailable = all.find(
      ({ image = '' }) => image.includes(`:${unpullable}`) || silentRegistries.has(image.split('/')[0] ?? ''),
    );
    if (unavailable !== undefined) return `image ${unavailable.image} can't be pulled`;
    if (age < pulls + initContainers.length * initRuns) return 'ContainerCreating';
    for (const container of all) {
      const obstacle = environmentObstacle(container, pod.metadata.namespace, sources);
      if (obstacle !== undefined) return obstacle;
    }
    return undefined;
  }
}

function containersOf({ spec }: ServedPod): readonly Container[] {
  return spec.containers ?? [];
}

import type { Container, PodSpec } from '../../../imports/kubernetes/kinds';
import { containerStart } from './container-start';

/** Why no probe bounds how long a container takes. */
export type UnboundedReason =
  /** An init container: the next one starts when it has ended. */
  | 'runs to its end'
  /** It has a readiness probe and no startup probe. */
  | 'no startup probe'
  /** It counts as ready as soon as it runs. */
  | 'no probe';

/** How long a pod that starts well takes to be ready. Finding a node and pulling images come before, unbounded. */
export interface PodStart {
  /** What the probes bound, at worst. */
  readonly seconds: number;
  /** The containers whose share of the start no probe bounds. */
  readonly unbounded: readonly { readonly container: string; readonly why: UnboundedReason }[];
  /** No container has a probe that says when it works, so the pod is ready as soon as it runs. */
  readonly isBlind: boolean;
}

/**
 * The start of a pod. Its init containers start one after another: each waits until the one before has ended, or, if
 * that is a sidecar, until its startup probe has succeeded. The other containers start together after them, and the pod
 * is ready when they and the sidecars are.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export function podStart({ containers = [], initContainers = [] }: PodSpec): PodStart {
  const unbounded: { container: string; why: UnboundedReason }[] = [];
  let isBlind = true;
  let begins = 0;
  let ready = 0;
  const start = (container: Container): number => {
    const { startedAfter, seconds, bound } = containerStart(container);
    ready = Math.max(ready, begins + seconds);
    isBlind &&= bound === 'at once';
    if (bound !== 'probes')
      unbounded.push({
        container: container.name ?? '',
        why: bound === 'nothing' ? 'no startup probe' : 'no probe',
      });
    return startedAfter;
  };
  for (const container of initContainers) {
    if (isSidecar(container)) begins += start(container);
    else unbounded.push({ container: container.name ?? '', why: 'runs to its end' });
  }
  for (const container of containers) start(container);
  return { seconds: ready, unbounded, isBlind };
}

/** An init container that runs as long as the pod. */
export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

import type { Container, PodSpec } from '../../../imports/kubernetes/kinds';
import { containerStart } from './container-start';

/** The reason why no probe limits the start time of a container. */
export type UnboundedCause =
  /** The container is an init container. The next container starts when the init container has ended. */
  | 'init-container'
  /** The container has a readiness probe, but no startup probe. */
  | 'no-startup-probe'
  /** The container has no probe, and is ready as soon as it runs. */
  | 'no-probe';

/**
 * The time from the start of a pod's first container until the pod is ready, if nothing fails. Scheduling and
 * image pulls happen before, and have no time limit.
 */
export interface PodStart {
  /** The sum of the times that probes limit, in seconds. */
  readonly seconds: number;
  /** Containers whose start time no probe limits. */
  readonly unbounded: readonly { readonly container: string; readonly cause: UnboundedCause }[];
  /** Whether the pod is ready as soon as it runs, because no container has a startup or readiness probe. */
  readonly isBlind: boolean;
}

/**
 * The start time of a pod. Init containers start one after another. Each one waits until the previous one has
 * ended; if the previous one is a sidecar, until its startup probe has succeeded. Then the main containers
 * start together. The pod is ready when the main containers and the sidecars are ready.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export function podStart({ containers = [], initContainers = [] }: PodSpec): PodStart {
  const unbounded: { container: string; cause: UnboundedCause }[] = [];
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
        cause: bound === 'nothing' ? 'no-startup-probe' : 'no-probe',
      });
    return startedAfter;
  };
  for (const container of initContainers) {
    if (isSidecar(container)) begins += start(container);
    else unbounded.push({ container: container.name ?? '', cause: 'init-container' });
  }
  for (const container of containers) start(container);
  return { seconds: ready, unbounded, isBlind };
}

/** Whether an init container is a sidecar, which runs as long as the pod. */
export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

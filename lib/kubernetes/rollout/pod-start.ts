import type { Container, PodSpec } from '../../../imports/kubernetes/kinds';
import { containerStart } from './container-start';

/** Why no probe limits the start time of a container. */
export type UnboundedReason =
  /** An init container: the next one starts when it has ended. */
  | 'runs to its end'
  /** A readiness probe without a startup probe. */
  | 'no startup probe'
  /** No probe: the container is ready when it runs. */
  | 'no probe';

/** The time until a pod is ready, if it starts well. Scheduling and image pulls come before, without a limit. */
export interface PodStart {
  /** Maximum of the parts that probes limit, in seconds. */
  readonly seconds: number;
  /** Containers whose start time no probe limits. */
  readonly unbounded: readonly { readonly container: string; readonly why: UnboundedReason }[];
  /** Whether the pod is ready when it runs, because no container has a probe that checks it. */
  readonly isBlind: boolean;
}

/**
 * The start time of a pod. Init containers start one after another: each waits until the previous one has ended or,
 * for a sidecar, until its startup probe succeeds. Then the containers start together. The pod is ready when they and
 * the sidecars are ready.
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

/** A sidecar: an init container that runs as long as the pod. */
export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

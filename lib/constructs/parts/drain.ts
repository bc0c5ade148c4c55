import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';

/** How long a deleted pod continues to serve by default, in seconds. 5 seconds were too short for Traefik. */
export const defaultDrainSeconds = 15;

/** The time to shut down after the preStop pause. It equals Kubernetes' default grace period. */
export const shutdownSeconds = 30;

/** The field `lifecycle` of a container that continues to serve for this time. It is absent without a pause. */
export function drainLifecycle(seconds: number): Pick<k8s.Container, 'lifecycle'> {
  return seconds > 0 ? { lifecycle: { preStop: { sleep: { seconds } } } } : {};
}

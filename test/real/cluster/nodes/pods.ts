import type { Container, PodSpec, Probe } from '../../../../imports/kubernetes/kinds';
import type { ServedObject } from '../servers/api-client';

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** A pod as the API server holds it. */
export interface ServedPod extends ServedObject {
  readonly metadata: ServedObject['metadata'] & { readonly namespace: string };
  readonly spec: PodSpec & { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly startTime?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly { readonly state?: Readonly<Record<string, unknown>> }[];
  };
}

export function isReady({ status }: ServedPod): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
}

export function hasEnded({ status }: ServedPod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** What keeps a pod from running, as the scheduler or its kubelet says. */
export function waitingFor({ status }: ServedPod): string {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') return scheduled.message ?? '';
  const waiting = status?.containerStatuses?.[0]?.state?.['waiting'] as { message?: string } | undefined;
  return waiting?.message ?? '';
}

/** Seconds from a container's start until a probe first succeeds, if the program answers after `answers` seconds. */
function firstSuccess(probe: Probe | undefined, answers: number): number {
  if (probe === undefined) return 0;
  const { initialDelaySeconds = 0, periodSeconds = 10 } = probe;
  const rounds = Math.max(0, Math.ceil((answers - initialDelaySeconds) / periodSeconds));
  return initialDelaySeconds + rounds * periodSeconds;
}

/** Seconds from a container's start until it counts as ready. */
export function secondsUntilReady({ startupProbe, readinessProbe }: Container, answers: number): number {
  const started = firstSuccess(startupProbe, answers);
  return readinessProbe === undefined ? started : firstSuccess(readinessProbe, Math.max(started, answers));
}

/** Seconds that a pod takes to end: its longest preStop and one more, but no longer than its grace. */
export function secondsUntilEnded({ spec, metadata }: ServedPod): number {
  const { terminationGracePeriodSeconds = 30, containers = [] } = spec;
  const grace = metadata.deletionGracePeriodSeconds ?? terminationGracePeriodSeconds;
  const hooks = containers.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0);
  return Math.min(grace, Math.max(0, ...hooks) + 1);
}

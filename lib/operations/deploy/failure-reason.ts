import { defaultValues } from '../../kubernetes/lifecycle/default-values';
import type { LiveContainerStatus, LiveEvent, LivePod, LiveWorkload } from './live-pod';
import { missingSecretIn, podSecurityViolatedIn, quotaExceededIn } from './server-words';

/** Why pods of a workload don't run or are not ready. */
export type FailureCode =
  | 'image'
  | 'crash'
  | 'memory'
  | 'unschedulable'
  | 'quota'
  | 'pod-security'
  | 'secret'
  | 'volume'
  | 'probe'
  | 'refused'
  | 'evicted'
  | 'deadline';

/** A failure reason of a workload or of one of its pods. */
export interface FailureReason {
  readonly code: FailureCode;
  /** Empty if no pod could be created. */
  readonly pod: string;
  /** Empty while the pod is not scheduled. */
  readonly node: string;
  /** Empty if the reason applies to the whole pod. */
  readonly container: string;
  /** The reason, as a sentence. */
  readonly text: string;
}

/** A workload with the pods and events that its failure reasons are read from. */
export interface ObservedWorkload {
  readonly workload: LiveWorkload;
  /** The pods of the newest pod template. */
  readonly pods: readonly LivePod[];
  /** The events of the workload, its ReplicaSets and its pods. */
  readonly events: readonly LiveEvent[];
}

/** The failure reasons that the cluster reports now, without duplicates. */
export function failureReasons({ workload, pods, events }: ObservedWorkload): FailureReason[] {
  const found = [
    ...creationFailures(workload, events),
    ...pods.flatMap((pod) =>
      podFailures(
        pod,
        events.filter(({ involvedObject }) => involvedObject.uid === pod.metadata.uid),
      ),
    ),
  ];
  const seen = new Set<string>();
  return found.filter(({ code, pod, container }) => {
    const key = `${code} ${pod} ${container}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The API server refuses to create pods of the workload. */
function creationFailures({ status }: LiveWorkload, events: readonly LiveEvent[]): FailureReason[] {
  const failed = status?.conditions?.find(
    ({ type, status: is }) => type === 'ReplicaFailure' && is === 'True',
  );
  // Only Deployments have the condition; for Jobs and StatefulSets there is only the event.
  const event = events.find(
    ({ reason, involvedObject }) => reason === 'FailedCreate' && involvedObject.kind !== 'ReplicaSet',
  );
  const message = failed?.message ?? event?.message;
  if (message === undefined) return [];
  const none = { pod: '', node: '', container: '' };
  const quota = quotaExceededIn(message);
  if (quota !== undefined)
    return [
      {
        ...none,
        code: 'quota',
        text: `No pod can be created: it would exceed the quota ${quota}. ${message}`,
      },
    ];
  const level = podSecurityViolatedIn(message);
  if (level !== undefined)
    return [
      {
        ...none,
        code: 'pod-security',
        text: `No pod can be created: it violates Pod Security ${level}. ${message}`,
      },
    ];
  return [{ ...none, code: 'refused', text: `No pod can be created: ${message}` }];
}

function podFailures(pod: LivePod, events: readonly LiveEvent[]): FailureReason[] {
  const { status = {}, spec, metadata } = pod;
  const place = { pod: metadata.name, node: spec.nodeName ?? '', container: '' };
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False')
    return [
      {
        ...place,
        code: 'unschedulable',
        text: `The pod can't be scheduled: ${scheduled.message ?? scheduled.reason}`,
      },
    ];
  if (status.reason === 'Evicted')
    return [{ ...place, code: 'evicted', text: 'The kubelet evicted the pod.' }];
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const own = containers.flatMap((each) => containerFailures(pod, each, events));
  return own.length > 0 ? own : volumeFailures(pod, events);
}

/** The `waiting` reasons that report a problem with pulling the image: pkg/kubelet/images/types.go. */
const imageReasons = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
];

function containerFailures(
  pod: LivePod,
  container: LiveContainerStatus,
  events: readonly LiveEvent[],
): FailureReason[] {
  const { name, state = {}, lastState = {} } = container;
  const place = { pod: pod.metadata.name, node: pod.spec.nodeName ?? '', container: name };
  const { waiting } = state;
  if (waiting?.reason !== undefined && imageReasons.includes(waiting.reason))
    return [{ ...place, code: 'image', text: imageText(pod, container, waiting.message ?? '', events) }];
  if (waiting?.reason === 'CreateContainerConfigError')
    return [{ ...place, ...configError(waiting.message ?? '') }];
  if (waiting?.reason === 'CreateContainerError' || waiting?.reason === 'RunContainerError')
    return [{ ...place, code: 'crash', text: `The container can't be started: ${waiting.message}` }];
  const killed = probeKill(pod, container, events);
  if (killed !== undefined) return [{ ...place, code: 'probe', text: killed }];
  const ended =
    state.terminated ?? (state.running === undefined || !container.ready ? lastState.terminated : undefined);
  if (ended?.reason === 'OOMKilled') return [{ ...place, code: 'memory', text: memoryText(pod, name) }];
  if (ended !== undefined && ended.exitCode !== 0)
    return [{ ...place, code: 'crash', text: crashText(ended, container.restartCount ?? 0) }];
  // A container that exits with 0 is also restarted, if its restart policy is Always.
  if (waiting?.reason === 'CrashLoopBackOff')
    return [
      { ...place, code: 'crash', text: crashText(ended ?? { exitCode: 0 }, container.restartCount ?? 0) },
    ];
  return readinessFailure(pod, container, events).map((text) => ({ ...place, code: 'probe', text }));
}

function imageText(
  { spec }: LivePod,
  { name, image }: LiveContainerStatus,
  message: string,
  events: readonly LiveEvent[],
): string {
  const stated = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].find(
    (each) => each.name === name,
  );
  // The first event has the registry's answer; later messages report only the back-off.
  const event = events.find(({ reason, type }) => reason === 'Failed' && type === 'Warning');
  return `The image ${stated?.image ?? image} can't be pulled: ${event?.message ?? message}`;
}

function configError(message: string): Pick<FailureReason, 'code' | 'text'> {
  const missing = missingSecretIn(message);
  if (missing === undefined)
    return { code: 'refused', text: `The container can't be configured: ${message}` };
  const { secret, key } = missing;
  return {
    code: 'secret',
    text:
      key === ''
        ? `${secret} does not exist, but the container reads it.`
        : `${secret} has no key ${key}, which the container reads.`,
  };
}

function crashText(
  { exitCode, signal, reason }: { exitCode: number; signal?: number; reason?: string },
  restarts: number,
): string {
  const how = signal ? `signal ${signal}` : `exit code ${exitCode}`;
  const started =
    restarts === 0 ? '' : restarts === 1 ? ', after one restart' : `, after ${restarts} restarts`;
  const word = reason === undefined || reason === 'Error' || reason === 'Completed' ? '' : ` (${reason})`;
  return `The container ends with ${how}${word}${started}.`;
}

function memoryText({ spec }: LivePod, container: string): string {
  const limit = spec.containers?.find(({ name }) => name === container)?.resources?.limits?.['memory'];
  return `The container is out of memory: it needs more than ${limit === undefined ? 'the node has' : `its limit of ${limit}`}.`;
}

/** The message of the startup or liveness probe whose failures make the kubelet restart the container (event `Killing`). */
function probeKill(
  { spec }: LivePod,
  { name }: LiveContainerStatus,
  events: readonly LiveEvent[],
): string | undefined {
  const failed = events.find(({ reason }) => reason === 'Unhealthy');
  const killing = events.find(({ reason, type }) => reason === 'Killing' && type !== 'Warning');
  const isOnly = (spec.containers ?? []).length === 1;
  if (failed === undefined || killing === undefined || !(isOnly || killing.message?.includes(name)))
    return undefined;
  return `A probe fails, and the kubelet restarts the container: ${failed.message}`;
}

/** A readiness probe may fail while a program starts: failures are reported only once they reach the failureThreshold. */
function readinessFailure(
  { spec }: LivePod,
  { name, ready, state }: LiveContainerStatus,
  events: readonly LiveEvent[],
): string[] {
  if (ready !== false || state?.running === undefined) return [];
  const probe = spec.containers?.find((each) => each.name === name)?.readinessProbe;
  const threshold = probe?.failureThreshold ?? defaultValues.probe.failureThreshold;
  const failed = events.find(({ reason, count = 1 }) => reason === 'Unhealthy' && count >= threshold);
  return failed === undefined ? [] : [`A probe fails: ${failed.message}`];
}

/** While the kubelet can't mount a volume, the waiting containers report no reason of their own; the events do. */
function volumeFailures(pod: LivePod, events: readonly LiveEvent[]): FailureReason[] {
  if (pod.status?.phase !== 'Pending') return [];
  const event = events.find(({ reason }) => reason === 'FailedMount' || reason === 'FailedAttachVolume');
  if (event === undefined) return [];
  const place = { pod: pod.metadata.name, node: pod.spec.nodeName ?? '', container: '' };
  const message = event.message ?? '';
  const missing = missingSecretIn(message);
  return missing === undefined
    ? [{ ...place, code: 'volume', text: `A volume can't be mounted: ${message}` }]
    : [
        {
          ...place,
          code: 'secret',
          text: `A volume needs a Secret that does not exist, or a key of it: ${message}`,
        },
      ];
}

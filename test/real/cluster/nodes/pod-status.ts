import type { ReportedStatus } from './pod-life';
import { isReady, type ServedPod, waitingFor } from './pods';

/** Whether the API server already holds what the kubelet reports. */
export function isReported(pod: ServedPod, { phase, isReady: ready, waiting }: ReportedStatus): boolean {
  const held = pod.status?.phase === 'Pending' ? waitingFor(pod) : '';
  return pod.status?.phase === phase && isReady(pod) === ready && held === waiting;
}

/** The status of a pod as a kubelet patches it; conditions are merged by their type. */
export function statusPatch(pod: ServedPod, reported: ReportedStatus, now: Date): unknown {
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z');
  const { phase, waiting } = reported;
  const state =
    phase === 'Pending'
      ? { waiting: { reason: 'ContainerCreating', message: waiting } }
      : phase === 'Running'
        ? { running: { startedAt: time } }
        : { terminated: { exitCode: phase === 'Failed' ? 137 : 0, startedAt: time, finishedAt: time } };
  const condition = (type: string, is: boolean) => ({
    type,
    status: is ? 'True' : 'False',
    lastTransitionTime: time,
    reason: phase === 'Succeeded' ? 'PodCompleted' : is ? '' : 'ContainersNotReady',
  });
  const digit = Number.parseInt(pod.metadata.uid.slice(0, 4), 16);
  const address = `10.42.${digit >> 8}.${digit & 255}`;
  return {
    metadata: { uid: pod.metadata.uid },
    status: {
      phase,
      startTime: pod.status?.startTime ?? time,
      podIP: address,
      podIPs: [{ ip: address }],
      conditions: [
        condition('Initialized', phase !== 'Pending'),
        condition('ContainersReady', reported.isReady),
        condition('Ready', reported.isReady),
      ],
      containerStatuses: (pod.spec.containers ?? []).map(({ name, image }) => ({
        ...{ name, image, imageID: '', restartCount: 0 },
        ...{ ready: reported.isReady, started: phase === 'Running' },
        state,
      })),
    },
  };
}

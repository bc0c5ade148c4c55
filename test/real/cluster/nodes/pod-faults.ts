import type { ServedPod } from './pods';

/** What goes wrong with a pod on its node. */
export type PodFault = 'image' | 'crash' | 'memory' | 'secret-key' | 'startup-probe';

/**
 * What a kubelet of Kubernetes 1.34 reports of a container that fails. Sources: pkg/kubelet/images/types.go and image_manager.go
 * (ErrImagePull, ImagePullBackOff), pkg/kubelet/kuberuntime/kuberuntime_manager.go (CrashLoopBackOff and its message),
 * pkg/kubelet/kuberuntime/kuberuntime_container.go and pkg/kubelet/kubelet_pods.go (CreateContainerConfigError, `couldn't find key`),
 * pkg/kubelet/prober/prober.go and kuberuntime_container.go (Unhealthy, Killing).
 */
export interface FaultReport {
  readonly state: object;
  readonly lastState?: object;
  readonly restartCount: number;
  readonly phase: 'Pending' | 'Running' | 'Failed';
  readonly events: readonly FaultEvent[];
}

export interface FaultEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** @param words what the registry, the kernel or the probe says; a test puts canaries there */
export function faultReport(fault: PodFault, { metadata, spec }: ServedPod, words: string): FaultReport {
  const [container] = spec.containers ?? [];
  const { name = '', image = '' } = container ?? {};
  const backOff = `back-off 10s restarting failed container=${name} pod=${metadata.name}_${metadata.namespace}(${metadata.uid})`;
  const crashed = (terminated: object): FaultReport => ({
    phase: 'Running',
    state: { waiting: { reason: 'CrashLoopBackOff', message: backOff } },
    lastState: { terminated },
    restartCount: 1,
    events: [
      {
        type: 'Warning',
        reason: 'BackOff',
        message: `Back-off restarting failed container ${name} in pod ${metadata.name}`,
      },
    ],
  });
  const pending = (reason: string, message: string, events: readonly FaultEvent[]): FaultReport => ({
    ...{ phase: 'Pending', state: { waiting: { reason, message } }, restartCount: 0, events },
  });
  switch (fault) {
    case 'image': {
      const failed = `Failed to pull image "${image}": rpc error: code = NotFound desc = ${words}`;
      return pending('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${words}`, [
        { type: 'Warning', reason: 'Failed', message: failed },
      ]);
    }
    case 'crash':
      if (spec.restartPolicy !== 'Always')
        return {
          ...{ phase: 'Failed', restartCount: 0, events: [] },
          state: { terminated: { exitCode: 3, reason: 'Error' } },
        };
      return crashed({ exitCode: 3, reason: 'Error', message: words });
    case 'memory':
      return crashed({ exitCode: 137, reason: 'OOMKilled' });
    case 'secret-key':
      return pending(
        'CreateContainerConfigError',
        `couldn't find key ABSENT in Secret ${metadata.namespace}/honeydue-secrets`,
        [
          {
            type: 'Warning',
            reason: 'Failed',
            message: `Error: couldn't find key ABSENT in Secret ${metadata.namespace}/honeydue-secrets`,
          },
        ],
      );
    case 'startup-probe':
      return {
        phase: 'Running',
        state: { running: { startedAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z') } },
        restartCount: 0,
        events: [
          { type: 'Warning', reason: 'Unhealthy', message: `Startup probe failed: ${words}` },
          {
            type: 'Normal',
            reason: 'Killing',
            message: `Container ${name} failed startup probe, will be restarted`,
          },
        ],
      };
  }
}

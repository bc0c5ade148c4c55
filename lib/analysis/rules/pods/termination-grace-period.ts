import { terminationGrace } from '../../../kubernetes/rollout/pod-end';
import { containers } from '../parts';
import { rule } from '../rule';

/** Seconds of the grace period that remain for the program to shut down after its preStop hook. */
const shutdownSeconds = 10;

export const terminationGracePeriod = rule({
  id: 'termination-grace-period',
  sentence: 'A container has at least ten seconds to stop after its preStop hook.',
  why: 'The grace period includes the preStop hook. If the hook uses the whole grace period, the kubelet kills the program while it answers requests.',
  source: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-execution',
  severity: 'high',
  fix: 'Raise terminationGracePeriodSeconds.',
  parts: containers,
  faults: ({ container, pod }) => {
    const { preStop } = container.lifecycle ?? {};
    const command = preStop?.exec?.command?.join(' ') ?? '';
    const asleep = preStop?.sleep?.seconds ?? Number(/\bsleep (\d+)/.exec(command)?.[1] ?? Number.NaN);
    if (Number.isNaN(asleep)) return undefined;
    const grace = terminationGrace(pod.spec);
    return [
      grace < asleep + shutdownSeconds && {
        path: 'lifecycle.preStop',
        found: `sleeps ${asleep} s, and the grace period is ${grace} s`,
        must: `leave at least ${shutdownSeconds} s of the grace period for the shutdown`,
      },
    ];
  },
});

import { terminationGrace } from '../../../kubernetes/rollout/pod-end';
import { containers } from '../parts';
import { rule } from '../rule';

/** What is left to a program to end by itself. */
const ending = 10;

export const terminationGracePeriod = rule({
  id: 'termination-grace-period',
  sentence: 'After its preStop hook a container still has ten seconds to end.',
  why: 'The grace runs from before the hook: if the hook takes all of it, the program is killed in the middle of requests.',
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
      grace < asleep + ending && {
        path: 'lifecycle.preStop',
        found: `sleeps ${asleep} s of a grace of ${grace} s`,
        must: `leave ${ending} s`,
      },
    ];
  },
});

import { terminationGrace } from '../../../kubernetes/rollout/pod-end';
import { containers } from '../parts';
import { type Fault, rule } from '../rule';

const handlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'] as const;

export const lifecycleHandlers = rule({
  id: 'lifecycle-handlers',
  sentence:
    'postStart and preStop have exactly one handler each, and do not sleep for longer than terminationGracePeriodSeconds.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Keep one handler. For a long sleep, raise terminationGracePeriodSeconds.',
  parts: containers,
  faults: ({ container: { lifecycle = {} }, pod }) => {
    const grace = terminationGrace(pod.spec);
    return (['postStart', 'preStop'] as const).flatMap((hook): (Fault | false)[] => {
      const handler = lifecycle[hook];
      if (handler === undefined) return [];
      const stated = handlers.filter((name) => handler[name] !== undefined);
      const found = stated.length === 0 ? 'has no handler' : `has ${stated.join(' and ')}`;
      const seconds = handler.sleep?.seconds ?? 0;
      return [
        stated.length !== 1 && {
          path: `lifecycle.${hook}`,
          found,
          must: 'have exactly one of exec, httpGet and sleep',
        },
        (seconds < 0 || seconds > grace) && {
          path: `lifecycle.${hook}.sleep.seconds`,
          must: `be from 0 to terminationGracePeriodSeconds, ${grace}`,
        },
      ];
    });
  },
});

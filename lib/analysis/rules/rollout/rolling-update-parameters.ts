import type { ObjectOf } from '../../../kubernetes/kinds';
import { isZeroShare } from '../../../kubernetes/rollout/pod-share';
import { rolloutStrategyOf } from '../../../kubernetes/rollout/rollout-strategy';
import { objectsOf, type Parts } from '../parts';
import { rule } from '../rule';

const surging: Parts<ObjectOf<'Deployment'> | ObjectOf<'DaemonSet'>> = {
  kinds: ['Deployment', 'DaemonSet'],
  of: (manifests) => [...objectsOf('Deployment').of(manifests), ...objectsOf('DaemonSet').of(manifests)],
};

export const rollingUpdateParameters = rule({
  id: 'rolling-update-parameters',
  sentence:
    'maxSurge and maxUnavailable of a rolling update are not both 0, and for a DaemonSet exactly one of them is 0.',
  why: 'The API server refuses the workload.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Set maxSurge: 1 and maxUnavailable: 0.',
  parts: surging,
  faults: (_, __, { object }) => {
    const strategy = rolloutStrategyOf(object);
    if (strategy?.kind !== 'RollingUpdate') return undefined;
    const { controller, maxSurge, maxUnavailable } = strategy;
    const path = `spec.${controller === 'DaemonSet' ? 'updateStrategy' : 'strategy'}.rollingUpdate`;
    const [adds, takes] = [!isZeroShare(maxSurge), !isZeroShare(maxUnavailable)];
    return [
      !adds && !takes && { path: `${path}.maxSurge`, must: 'be at least 1, because maxUnavailable is 0' },
      controller === 'DaemonSet' &&
        adds &&
        takes && {
          path: `${path}.maxUnavailable`,
          must: `be 0, because maxSurge is ${maxSurge}`,
          found: `is ${maxUnavailable}`,
        },
    ];
  },
});

import { isZeroShare } from '../../../kubernetes/rollout/pod-share';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const rollingUpdateMoves = rule({
  id: 'rolling-update-moves',
  sentence: 'A rolling update may add a pod or take one away.',
  why: 'With neither no rollout could begin, and the API server refuses it.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Set maxSurge to 1.',
  parts: objectsOf('Deployment'),
  faults: ({ spec }) => {
    if (spec?.strategy?.type === 'Recreate') return undefined;
    const { maxSurge, maxUnavailable } = spec?.strategy?.rollingUpdate ?? {};
    return [
      isZeroShare(maxSurge) &&
        isZeroShare(maxUnavailable) && {
          path: 'spec.strategy.rollingUpdate.maxSurge',
          must: 'be at least 1 where maxUnavailable is 0',
        },
    ];
  },
});

import type { DaemonSet, StatefulSet } from '../../../../imports/kubernetes/kinds';
import { isZeroShare } from '../../../kubernetes/rollout/pod-share';
import { objectsOf, type Parts } from '../parts';
import { type Fault, rule } from '../rule';

const both: Parts<StatefulSet | DaemonSet> = {
  kinds: ['StatefulSet', 'DaemonSet'],
  of: (manifests) => [...objectsOf('StatefulSet').of(manifests), ...objectsOf('DaemonSet').of(manifests)],
};

export const updateStrategies = rule({
  id: 'update-strategies',
  sentence:
    'A StatefulSet with OnDelete has no rollingUpdate, and a DaemonSet sets maxSurge or maxUnavailable to 0.',
  why: 'The API server refuses the workload. For a DaemonSet, maxUnavailable is 1 by default.',
  source: 'https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Remove rollingUpdate if the type is OnDelete. Set maxUnavailable: 0 if maxSurge is set.',
  rare: true,
  parts: both,
  faults: ({ kind, spec }) => {
    const { type = 'RollingUpdateFields', rollingUpdate } = spec?.updateStrategy ?? {};
    if (rollingUpdate === undefined) return undefined;
    if (kind === 'StatefulSet')
      return [
        type === 'OnDelete' && {
          path: 'spec.updateStrategy.rollingUpdate',
          must: 'be absent, because the type is OnDelete',
        },
      ];
    return type === 'OnDelete' ? [] : moves(rollingUpdate);
  },
});

type RollingUpdateFields = NonNullable<
  NonNullable<NonNullable<DaemonSet['spec']>['updateStrategy']>['rollingUpdate']
>;

function moves({ maxSurge = 0, maxUnavailable = 1 }: RollingUpdateFields): (Fault | false)[] {
  const path = 'spec.updateStrategy.rollingUpdate.maxUnavailable';
  const [adds, takes] = [!isZeroShare(maxSurge), !isZeroShare(maxUnavailable)];
  return [
    adds && takes && { path, must: `be 0, because maxSurge is ${maxSurge}` },
    !adds && !takes && { path, must: 'be at least 1, because maxSurge is 0' },
  ];
}

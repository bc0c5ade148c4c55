import { templateHashLabel } from '../../../kubernetes/workloads/pod-labels';
import { pods } from '../parts';
import { rule } from '../rule';

export const topologySpreadDuringRollouts = rule({
  id: 'topology-spread-during-rollouts',
  sentence: 'A hard spread leaves cordoned nodes out, and counts the pods of each rollout apart.',
  why: 'Otherwise the replacement of a drained pod waits for the node that is away, and old pods keep new ones from their places.',
  source:
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',
  severity: 'high',
  fix: 'Set nodeTaintsPolicy: Honor and matchLabelKeys: [pod-template-hash].',
  parts: pods,
  faults: ({ object, spec: { topologySpreadConstraints } }) =>
    topologySpreadConstraints?.flatMap(
      ({ whenUnsatisfiable, nodeTaintsPolicy, matchLabelKeys = [] }, index) => {
        const path = `topologySpreadConstraints[${index}]`;
        if (whenUnsatisfiable !== 'DoNotSchedule') return [];
        return [
          nodeTaintsPolicy !== 'Honor' && {
            path: `${path}.nodeTaintsPolicy`,
            must: 'be Honor where the spread is hard',
          },
          object.kind === 'Deployment' &&
            !matchLabelKeys.includes(templateHashLabel) && {
              path: `${path}.matchLabelKeys`,
              must: 'hold pod-template-hash where the spread is hard',
            },
        ];
      },
    ),
});

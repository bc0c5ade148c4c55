import { templateHashLabel } from '../../../kubernetes/workloads/pod-labels';
import { pods } from '../parts';
import { rule } from '../rule';

export const topologySpreadDuringRollouts = rule({
  id: 'topology-spread-during-rollouts',
  sentence:
    'A topology spread with DoNotSchedule leaves out cordoned nodes (nodeTaintsPolicy: Honor), and counts each revision of a Deployment separately (matchLabelKeys).',
  why: 'Otherwise the replacement of an evicted pod stays Pending until the drained node is back, and pods of the old revision prevent the scheduling of new pods.',
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
            must: 'be Honor, because whenUnsatisfiable is DoNotSchedule',
          },
          object.kind === 'Deployment' &&
            !matchLabelKeys.includes(templateHashLabel) && {
              path: `${path}.matchLabelKeys`,
              must: 'contain pod-template-hash, because whenUnsatisfiable is DoNotSchedule',
            },
        ];
      },
    ),
});

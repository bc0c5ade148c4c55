import { hostnameLabel } from '../../../kubernetes/scheduling/node';
import { matches } from '../../../kubernetes/workloads/selector';
import { servingPods } from '../parts';
import { rule } from '../rule';

export const spreadAcrossNodes = rule({
  id: 'spread-across-nodes',
  sentence: 'The pods of a workload with several replicas are spread across nodes.',
  why: 'Otherwise the scheduler may place all replicas on one node, and the loss of that node is an outage.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  severity: 'high',
  fix: 'Add a topologySpreadConstraint or a podAntiAffinity with topologyKey kubernetes.io/hostname and a labelSelector that matches the pods of this workload.',
  parts: servingPods,
  faults: ({ object, labels, replicas, spec: { topologySpreadConstraints = [], affinity } }) => {
    if (replicas === 1 || object.kind === 'DaemonSet') return undefined;
    const {
      requiredDuringSchedulingIgnoredDuringExecution: required = [],
      preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
    } = affinity?.podAntiAffinity ?? {};
    const terms = [
      ...topologySpreadConstraints,
      ...required,
      ...preferred.map(({ podAffinityTerm }) => podAffinityTerm ?? {}),
    ];
    const isSpread = terms.some(
      ({ topologyKey, labelSelector }) =>
        topologyKey === hostnameLabel && labelSelector && matches(labelSelector, labels),
    );
    return [
      !isSpread && {
        path: 'topologySpreadConstraints',
        must: `have a constraint with topologyKey ${hostnameLabel} and a labelSelector that matches the pods of this workload`,
      },
    ];
  },
});

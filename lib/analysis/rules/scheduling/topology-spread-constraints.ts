import { repeated } from '../../../kubernetes/repeated';
import { pods } from '../parts';
import { rule } from '../rule';

export const topologySpreadConstraints = rule({
  id: 'topology-spread-constraints',
  sentence: 'Topology spread constraints are valid and unique.',
  why: 'The API server refuses the pod.',
  source:
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Correct the constraint, or merge constraints with the same topologyKey.',
  parts: pods,
  faults: ({ spec: { topologySpreadConstraints: all } }) =>
    all && [
      ...all.flatMap(
        (
          {
            maxSkew = 0,
            minDomains,
            topologyKey = '',
            whenUnsatisfiable,
            labelSelector,
            matchLabelKeys = [],
          },
          index,
        ) => {
          const path = `topologySpreadConstraints[${index}]`;
          return [
            maxSkew < 1 && { path: `${path}.maxSkew`, must: 'be at least 1' },
            topologyKey === '' && { path: `${path}.topologyKey`, must: 'be a label of nodes' },
            minDomains !== undefined &&
              minDomains < 1 && { path: `${path}.minDomains`, must: 'be at least 1' },
            minDomains !== undefined &&
              whenUnsatisfiable !== 'DoNotSchedule' && {
                path: `${path}.minDomains`,
                must: 'be absent, unless whenUnsatisfiable is DoNotSchedule',
              },
            matchLabelKeys.length > 0 &&
              labelSelector === undefined && {
                path: `${path}.matchLabelKeys`,
                must: 'be absent, because there is no labelSelector',
              },
            ...matchLabelKeys.map(
              (key, each) =>
                key in (labelSelector?.matchLabels ?? {}) && {
                  path: `${path}.matchLabelKeys[${each}]`,
                  must: 'be absent from labelSelector.matchLabels',
                },
            ),
          ];
        },
      ),
      ...repeated(
        all.map(({ topologyKey, whenUnsatisfiable }, index) => ({
          key: `${topologyKey} ${whenUnsatisfiable}`,
          path: `topologySpreadConstraints[${index}]`,
        })),
      ).map(({ path, first }) => ({
        path,
        must: `differ from ${first} in topologyKey or whenUnsatisfiable`,
      })),
    ],
});

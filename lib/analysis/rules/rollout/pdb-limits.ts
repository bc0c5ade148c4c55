import { objectsOf } from '../parts';
import { rule } from '../rule';

export const pdbLimits = rule({
  id: 'pdb-limits',
  sentence: 'A PodDisruptionBudget has either minAvailable or maxUnavailable, as a number or a percentage.',
  why: 'The API server refuses the budget.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Keep either minAvailable or maxUnavailable, as a number or a percentage.',
  parts: objectsOf('PodDisruptionBudget'),
  faults: ({ spec: { minAvailable, maxUnavailable } = {} }) => [
    minAvailable !== undefined &&
      maxUnavailable !== undefined && {
        path: 'spec',
        found: 'has both minAvailable and maxUnavailable',
        must: 'have only one of the two',
      },
    ...Object.entries({ minAvailable, maxUnavailable }).map(
      ([field, share]) =>
        share !== undefined &&
        !isPodShare(share) && { path: `spec.${field}`, must: 'be at least 0, or from 0% to 100%' },
    ),
  ],
});

/** A number of pods, or a percentage of them. */
function isPodShare(share: number | string): boolean {
  return typeof share === 'number' ? share >= 0 : /^(100|\d{1,2})%$/.test(share);
}

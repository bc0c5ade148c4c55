import { objectsOf } from '../parts';
import { rule } from '../rule';

export const disruptionBudgetLimit = rule({
  id: 'disruption-budget-limit',
  sentence: 'A PodDisruptionBudget states either minAvailable or maxUnavailable.',
  why: 'The API server refuses both, and neither guards nothing.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Keep one of them.',
  parts: objectsOf('PodDisruptionBudget'),
  faults: ({ spec: { minAvailable, maxUnavailable } = {} }) => {
    if ((minAvailable === undefined) !== (maxUnavailable === undefined)) return [];
    const found = minAvailable === undefined ? 'has neither' : 'has both';
    return [{ path: 'spec', found, must: 'have either minAvailable or maxUnavailable' }];
  },
});

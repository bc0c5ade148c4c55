import { describeSelector, isEmpty, matches } from '../../../kubernetes/workloads/selector';
import { controllers } from '../parts';
import { rule } from '../rule';

export const mismatchingSelector = rule({
  id: 'mismatching-selector',
  sentence: 'The selector of a workload is not empty and matches its own pod template.',
  why: 'The API server refuses the workload.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Add the labels of the selector to the pod template. The selector of an existing workload is immutable.',
  parts: controllers,
  faults: ({ spec }) => {
    const selector = spec?.selector ?? {};
    const labels = spec?.template?.metadata?.labels ?? {};
    if (isEmpty(selector)) return [{ path: 'spec.selector', must: 'contain a label of the template' }];
    if (matches(selector, labels)) return [];
    return [
      { path: 'spec.template.metadata.labels', must: `match spec.selector: ${describeSelector(selector)}` },
    ];
  },
});

import { describeSelector, isEmpty, matches } from '../../../kubernetes/workloads/selector';
import { controllers } from '../parts';
import { rule } from '../rule';

export const mismatchingSelector = rule({
  id: 'mismatching-selector',
  sentence: "A workload's selector asks for something, and its own template has it.",
  why: 'The API server refuses a workload that would never find its own pods.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  severity: 'critical',
  refusedByServer: true,
  fix: "Give the template the selector's labels; the selector of a running workload can't be changed.",
  parts: controllers,
  faults: ({ spec }) => {
    const selector = spec?.selector ?? {};
    const labels = spec?.template?.metadata?.labels ?? {};
    if (isEmpty(selector)) return [{ path: 'spec.selector', must: 'name a label of the template' }];
    if (matches(selector, labels)) return [];
    return [
      { path: 'spec.template.metadata.labels', must: `match spec.selector: ${describeSelector(selector)}` },
    ];
  },
});

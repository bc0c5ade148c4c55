import { pods } from '../parts';
import { rule } from '../rule';

export const priorityClassName = rule({
  id: 'priority-class-name',
  sentence: 'Every pod states how important it is.',
  why: 'When nodes are short, the scheduler and the kubelet otherwise choose by chance whom to put off.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
  severity: 'low',
  fix: 'State priorityClassName.',
  parts: pods,
  faults: ({ spec }) => [
    (spec.priorityClassName ?? '') === '' && { path: 'priorityClassName', must: 'be stated' },
  ],
});

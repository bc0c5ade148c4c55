import { pods } from '../parts';
import { rule } from '../rule';

export const priorityClassName = rule({
  id: 'priority-class-name',
  sentence: 'Every pod has a priorityClassName.',
  why: 'Without priorities, it is arbitrary which pods are preempted or evicted when resources are short.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
  severity: 'low',
  fix: 'Set priorityClassName.',
  parts: pods,
  faults: ({ spec }) => [
    (spec.priorityClassName ?? '') === '' && { path: 'priorityClassName', must: 'be set' },
  ],
});

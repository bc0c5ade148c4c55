import { objectsOf } from '../parts';
import { rule } from '../rule';

const highest = 1_000_000_000;

export const priorityClassValues = rule({
  id: 'priority-class-values',
  sentence: `A PriorityClass has a value of at most ${highest}, and a name without the prefix "system-".`,
  why: 'The API server refuses the PriorityClass.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Lower the value, or rename the PriorityClass.',
  rare: true,
  parts: objectsOf('PriorityClass'),
  faults: ({ value = 0 }, _, { object }) => {
    const { name } = object.metadata;
    if (/^system-(cluster|node)-critical$/.test(name)) return [];
    return [
      name.startsWith('system-') && { path: 'metadata.name', must: 'not begin with "system-"' },
      value > highest && { path: 'value', must: `be at most ${highest}` },
    ];
  },
});

import { servingContainers } from '../parts';
import { rule } from '../rule';

/** Kubernetes' defaults. */
const [period, threshold] = [10, 3];
/** Ours: on a fresh node pulling the image and starting took about 10 s (chapter 7, api). */
const usual = 60;

export const startupBudget = rule({
  id: 'startup-budget',
  sentence: 'A startup probe waits as long as the program may need, and at least a minute.',
  why: 'A budget that is shorter than the start restarts the pod before it has ever been ready, for ever.',
  source: 'chapter 7, api: the budget stays at 240 s',
  severity: 'high',
  fix: 'Raise failureThreshold: the budget is periodSeconds times that.',
  parts: servingContainers,
  faults: ({ container: { startupProbe }, pod }, { facts }) => {
    if (startupProbe === undefined) return undefined;
    const { periodSeconds = period, failureThreshold = threshold, initialDelaySeconds = 0 } = startupProbe;
    const budget = initialDelaySeconds + periodSeconds * failureThreshold;
    const needed = facts.startSeconds?.[pod.labels['app.kubernetes.io/name'] ?? ''] ?? usual;
    return [
      budget < needed && { path: 'startupProbe', found: `waits ${budget} s`, must: `wait ${needed} s` },
    ];
  },
});

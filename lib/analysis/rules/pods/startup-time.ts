import { probeBudget } from '../../../kubernetes/rollout/container-start';
import { servingContainers } from '../parts';
import { rule } from '../rule';

/** Ours: on a fresh node pulling the image and starting took about 10 s (chapter 7, api). */
const usual = 60;

export const startupTime = rule({
  id: 'startup-time',
  sentence: 'A program has as long to start as it may need, and at least a minute.',
  why: 'A budget that is shorter than the start restarts the pod before it has ever been ready, for ever.',
  source: 'chapter 7, api: the budget stays at 240 s',
  severity: 'high',
  fix: 'Add a startupProbe, or raise its failureThreshold: the budget is periodSeconds times that.',
  parts: servingContainers,
  faults: ({ container: { startupProbe, livenessProbe }, pod }, { facts }) => {
    const field = startupProbe === undefined ? 'livenessProbe' : 'startupProbe';
    const probe = startupProbe ?? livenessProbe;
    if (probe === undefined) return undefined;
    const budget = probeBudget(probe);
    const needed = facts.startSeconds?.[pod.labels['app.kubernetes.io/name'] ?? ''] ?? usual;
    return [
      budget < needed && {
        path: field,
        found: `waits ${budget} s`,
        must: `wait ${needed} s before it restarts anything`,
      },
    ];
  },
});

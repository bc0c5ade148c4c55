import { probeBudget } from '../../../kubernetes/rollout/container-start';
import { servingContainers } from '../parts';
import { rule } from '../rule';

/** Seconds. Our estimate: pulling the image and starting takes about 10 s on a new node. */
const usualSeconds = 60;

export const startupTime = rule({
  id: 'startup-time',
  sentence: 'Every container has at least a minute to start, or more if it is known to start more slowly.',
  why: 'If the kubelet restarts a container before it has started, the container never becomes ready.',
  source: 'ours: the slowest known start of a workload',
  severity: 'high',
  fix: 'Add a startupProbe, or raise its failureThreshold: the time is periodSeconds × failureThreshold.',
  parts: servingContainers,
  faults: ({ container: { startupProbe, livenessProbe }, pod }, { facts }) => {
    const field = startupProbe === undefined ? 'livenessProbe' : 'startupProbe';
    const probe = startupProbe ?? livenessProbe;
    if (probe === undefined) return undefined;
    const budget = probeBudget(probe);
    const needed = facts.startSeconds?.[pod.labels['app.kubernetes.io/name'] ?? ''] ?? usualSeconds;
    return [
      budget < needed && {
        path: field,
        found: `allows ${budget} s to start`,
        must: `allow ${needed} s before the kubelet restarts the container`,
      },
    ];
  },
});

import { probes } from '../parts';
import { rule } from '../rule';

export const probePaths = rule({
  id: 'probe-paths',
  sentence: 'No probe uses a path that is known to fail for a healthy pod.',
  why: 'The kubelet restarts a healthy pod again and again. This has happened to the workload admin.',
  source: 'ours: paths that are known to answer with an error',
  severity: 'high',
  fix: 'Use a path that answers with a status from 200 to 399.',
  parts: probes,
  faults: ({ probe: { httpGet }, pod }, { facts }) => {
    if (httpGet === undefined) return undefined;
    const wrong = facts.wrongProbePaths?.[pod.labels['app.kubernetes.io/name'] ?? ''] ?? {};
    const reason = wrong[httpGet.path ?? '/'];
    return [
      reason !== undefined && { path: 'httpGet.path', must: `be another path, because this one ${reason}` },
    ];
  },
});

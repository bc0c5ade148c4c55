import { probes } from '../parts';
import { rule } from '../rule';

export const probePaths = rule({
  id: 'probe-paths',
  sentence: 'No probe asks for a path that is known to answer wrongly.',
  why: 'The kubelet then restarts a healthy pod for ever, as it did with admin.',
  source: 'chapter 19, admin probe path; README of the book',
  severity: 'high',
  fix: 'Ask for the path that the book names.',
  parts: probes,
  faults: ({ probe: { httpGet }, pod }, { facts }) => {
    if (httpGet === undefined) return undefined;
    const wrong = facts.wrongProbePaths?.[pod.labels['app.kubernetes.io/name'] ?? ''] ?? {};
    const reason = wrong[httpGet.path ?? '/'];
    return [reason !== undefined && { path: 'httpGet.path', must: `be another: it ${reason}` }];
  },
});

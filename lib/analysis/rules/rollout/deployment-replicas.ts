import { objectsOf } from '../parts';
import { rule } from '../rule';

export const deploymentReplicas = rule({
  id: 'deployment-replicas',
  sentence: 'Every Deployment has at least two pods.',
  why: 'With one, each drain, each lost node and each crash is an outage.',
  source: 'https://github.com/zegl/kube-score/blob/master/README_CHECKS.md',
  severity: 'medium',
  fix: 'Raise replicas, or acknowledge why it must run once.',
  parts: objectsOf('Deployment'),
  faults: ({ spec }, manifests, { object }) => {
    // What is scaled to none is switched off.
    if (manifests.autoscaler(object) !== undefined || spec?.replicas === 0) return undefined;
    return [(spec?.replicas ?? 1) < 2 && { path: 'spec.replicas', must: 'be at least 2' }];
  },
});

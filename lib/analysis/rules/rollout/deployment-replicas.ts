import { objectsOf } from '../parts';
import { rule } from '../rule';

export const deploymentReplicas = rule({
  id: 'deployment-replicas',
  sentence: 'Every Deployment has at least two replicas.',
  why: 'With one replica, every drain, lost node and crash is an outage.',
  source: 'https://github.com/zegl/kube-score/blob/master/README_CHECKS.md',
  severity: 'medium',
  fix: 'Raise replicas, or acknowledge the finding with the reason.',
  parts: objectsOf('Deployment'),
  faults: ({ spec }, manifests, { object }) => {
    // A Deployment with replicas: 0 is switched off.
    if (manifests.autoscaler(object) !== undefined || spec?.replicas === 0) return undefined;
    return [(spec?.replicas ?? 1) < 2 && { path: 'spec.replicas', must: 'be at least 2' }];
  },
});

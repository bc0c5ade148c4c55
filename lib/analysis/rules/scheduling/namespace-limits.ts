import { objectsOf } from '../parts';
import { rule } from '../rule';

export const namespaceLimits = rule({
  id: 'namespace-limits',
  sentence: 'A namespace has a LimitRange and a ResourceQuota.',
  why: 'A pod started by hand, or a Job that multiplies, takes the nodes from everybody.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  severity: 'medium',
  fix: 'Add both; the quota with room for the surge of a rollout.',
  parts: objectsOf('Namespace'),
  faults: (_, manifests, { object }) =>
    (['LimitRange', 'ResourceQuota'] as const).map((kind) => {
      const has = manifests.of(kind).some((each) => each.object.metadata.namespace === object.metadata.name);
      return !has && { path: '', found: `has no ${kind}`, must: 'have one' };
    }),
});

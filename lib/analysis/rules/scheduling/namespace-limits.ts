import { objectsOf } from '../parts';
import { rule } from '../rule';

export const namespaceLimits = rule({
  id: 'namespace-limits',
  sentence: 'Every namespace has a LimitRange and a ResourceQuota.',
  why: 'Otherwise a manually created pod, or a Job that grows, can use all resources of the nodes.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  severity: 'medium',
  fix: 'Add a LimitRange and a ResourceQuota. The quota must allow the surge of a rollout.',
  parts: objectsOf('Namespace'),
  faults: (_, manifests, { object }) =>
    (['LimitRange', 'ResourceQuota'] as const).map((kind) => {
      const has = manifests.of(kind).some((each) => each.object.metadata.namespace === object.metadata.name);
      return !has && { path: '', found: `has no ${kind}`, must: 'have one' };
    }),
});

import { namespaceOf } from '../../../kubernetes/kinds';
import { storedGroupOf } from '../../../kubernetes/objects/groups';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const replicasWithAutoscaler = rule({
  id: 'replicas-with-autoscaler',
  sentence: 'What an autoscaler counts states no replicas.',
  why: 'Every apply would set the count back, in the middle of the load that raised it.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  severity: 'high',
  fix: 'Remove replicas; before the first such apply, from what was applied last, too.',
  rare: true,
  parts: objectsOf('HorizontalPodAutoscaler'),
  faults: ({ spec }, manifests, { object: autoscaler }) => {
    const { kind = '', name = '', apiVersion = '' } = spec?.scaleTargetRef ?? {};
    const group = storedGroupOf(apiVersion, kind);
    const object = manifests.find(kind, namespaceOf(autoscaler), name, group);
    if (object === undefined) return undefined;
    const { replicas } = (object['spec'] ?? {}) as { replicas?: number };
    return [
      replicas !== undefined && {
        object,
        path: 'spec.replicas',
        must: `be absent: ${autoscaler.metadata.name} counts them`,
      },
    ];
  },
});

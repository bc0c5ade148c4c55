import { namespaceOf } from '../../../kubernetes/kinds';
import { storedGroupOf } from '../../../kubernetes/objects/groups';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const replicasWithAutoscaler = rule({
  id: 'replicas-with-autoscaler',
  sentence: 'A workload with an autoscaler does not set replicas.',
  why: 'Every apply resets the number of pods, even under load.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  severity: 'high',
  fix: 'Remove replicas. Before the next apply, also remove replicas from the last-applied configuration of the live object.',
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
        must: `be absent: HorizontalPodAutoscaler ${autoscaler.metadata.name} sets replicas`,
      },
    ];
  },
});

import { namespaceOf } from '../../../kubernetes/kinds';
import { storedGroupOf } from '../../../kubernetes/objects/groups';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const duplicateHorizontalpodautoscaler = rule({
  id: 'duplicate-horizontalpodautoscaler',
  sentence: 'A workload has at most one HorizontalPodAutoscaler.',
  why: 'Two autoscalers keep overwriting the replica count of each other.',
  source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  severity: 'high',
  fix: 'Merge the metrics into one HorizontalPodAutoscaler.',
  rare: true,
  parts: objectsOf('HorizontalPodAutoscaler'),
  faults: ({ spec }, manifests, { object }) => {
    const targetOf = (
      namespace: string,
      { kind = '', name = '', apiVersion = '' } = spec?.scaleTargetRef ?? {},
    ) => JSON.stringify([namespace, storedGroupOf(apiVersion, kind), kind, name]);
    const target = targetOf(namespaceOf(object));
    const other = manifests
      .of('HorizontalPodAutoscaler')
      .find(
        (each) =>
          each.object !== object &&
          targetOf(namespaceOf(each.object), each.fields.spec?.scaleTargetRef) === target,
      );
    return [
      other !== undefined && {
        path: 'spec.scaleTargetRef',
        must: `be a target of one autoscaler: ${describeObject(other.object)} also scales it`,
      },
    ];
  },
});

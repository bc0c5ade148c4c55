import { namespaceOf } from '../../../kubernetes/kinds';
import { storedGroupOf } from '../../../kubernetes/objects/groups';
import { objectsOf } from '../parts';
import { rule } from '../rule';

/** Built-in kinds without a `scale` subresource. Custom resources may have one. */
const unscalable = ['CronJob', 'DaemonSet', 'Job', 'Pod'];

export const danglingHorizontalpodautoscaler = rule({
  id: 'dangling-horizontalpodautoscaler',
  sentence:
    'The target of a HorizontalPodAutoscaler exists, can be scaled, and requests the resources of its metrics.',
  why: 'Without a target the autoscaler does nothing. Utilization is a percentage of the request, so the autoscaler cannot compute it without a request.',
  source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  severity: 'high',
  fix: 'Correct scaleTargetRef, and set the requests of the target.',
  parts: objectsOf('HorizontalPodAutoscaler'),
  faults: ({ spec: { scaleTargetRef = {}, metrics = [] } = {} }, manifests, { object }) => {
    const { kind = '', name = '', apiVersion = '' } = scaleTargetRef;
    if (unscalable.includes(kind)) {
      return [{ path: 'spec.scaleTargetRef.kind', must: 'be a kind that can be scaled, such as Deployment' }];
    }
    const target = manifests.find(kind, namespaceOf(object), name, storedGroupOf(apiVersion, kind));
    if (target === undefined)
      return [{ path: 'spec.scaleTargetRef.name', must: `be a ${kind} of the namespace` }];
    if (target.apiVersion !== apiVersion) {
      return [{ path: 'spec.scaleTargetRef.apiVersion', must: `be ${target.apiVersion}` }];
    }
    const containers = manifests.pods.madeBy(target)?.spec.containers ?? [];
    return metrics.map(({ type, resource }, index) => {
      const measured = resource?.name ?? '';
      const isStated = containers.every(({ resources }) => resources?.requests?.[measured] !== undefined);
      return (
        type === 'Resource' &&
        !isStated && {
          path: `spec.metrics[${index}].resource.name`,
          must: `be requested by every container of ${name}`,
        }
      );
    });
  },
});

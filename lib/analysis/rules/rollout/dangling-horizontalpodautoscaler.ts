import { namespaceOf } from '../../../kubernetes/kinds';
import { storedGroupOf } from '../../../kubernetes/objects/groups';
import { objectsOf } from '../parts';
import { rule } from '../rule';

/** What the API server knows no `scale` of; kinds of others may have one. */
const unscalable = ['CronJob', 'DaemonSet', 'Job', 'Pod'];

export const danglingHorizontalpodautoscaler = rule({
  id: 'dangling-horizontalpodautoscaler',
  sentence: 'An autoscaler scales something that is there and requests what it is measured by.',
  why: 'One without a target scales nothing; use in percent is of the request, and without one the autoscaler stands still.',
  source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  severity: 'high',
  fix: 'Name the Deployment, and state its requests.',
  parts: objectsOf('HorizontalPodAutoscaler'),
  faults: ({ spec: { scaleTargetRef = {}, metrics = [] } = {} }, manifests, { object }) => {
    const { kind = '', name = '', apiVersion = '' } = scaleTargetRef;
    if (unscalable.includes(kind)) {
      return [
        { path: 'spec.scaleTargetRef.kind', must: 'be something of which there are several: a Deployment' },
      ];
    }
    const target = manifests.find(kind, namespaceOf(object), name, storedGroupOf(apiVersion, kind));
    if (target === undefined)
      return [{ path: 'spec.scaleTargetRef.name', must: `name a ${kind} of the namespace` }];
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

import { objectsOf } from '../parts';
import { type Fault, rule } from '../rule';

/** The field that each metric type requires. */
const blocks: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

export const hpaFields = rule({
  id: 'hpa-fields',
  sentence: 'A HorizontalPodAutoscaler has valid bounds, and one target in each metric.',
  why: 'The API server refuses the autoscaler.',
  source:
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Correct the bounds, or set the field of the metric type with one target.',
  parts: objectsOf('HorizontalPodAutoscaler'),
  faults: ({ spec: { minReplicas = 1, maxReplicas = 0, metrics = [] } = {} }) => [
    minReplicas < 1 && { path: 'spec.minReplicas', must: 'be at least 1' },
    maxReplicas < minReplicas && {
      path: 'spec.maxReplicas',
      must: `be at least minReplicas, ${minReplicas}`,
    },
    ...metrics.flatMap((metric, index): (Fault | false)[] => {
      const path = `spec.metrics[${index}]`;
      const block = blocks[metric.type ?? ''];
      const stated = Object.keys(metric).filter((field) => field !== 'type');
      if (block === undefined)
        return [{ path: `${path}.type`, must: `be one of ${Object.keys(blocks).join(', ')}` }];
      if (stated.join() !== block) {
        return [
          {
            path,
            found: `has ${stated.join(' and ') || 'no metric field'}`,
            must: `have only ${block}`,
          },
        ];
      }
      const { type, ...values } =
        (metric.resource ?? metric.containerResource ?? metric.pods ?? metric.object ?? metric.external)
          ?.target ?? {};
      const targets = Object.keys(values);
      const found = targets.length === 0 ? 'has no target' : `has ${targets.join(' and ')}`;
      const right = { Utilization: 'averageUtilization', AverageValue: 'averageValue', Value: 'value' }[
        type ?? ''
      ];
      return [
        targets.join() !== right && {
          path: `${path}.${block}.target`,
          found,
          must:
            right === undefined ? 'have a type: Utilization, AverageValue or Value' : `have only ${right}`,
        },
      ];
    }),
  ],
});

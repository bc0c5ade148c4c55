import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { metricName, percentOfRequest, podCount, positiveQuantity } from '../../kubernetes/value-rule';
import {
  type FieldsOf,
  groupField,
  kubernetesField,
  numberField,
  optional,
  required,
  textField,
} from '../fields/field';
import { fieldsProblems } from '../fields/field-problems';
import type { PropProblem } from '../props-error';
import { madeFrom } from './provenance';
import { quantity } from './resources';

/**
 * A metric from outside the cluster, such as the length of a queue. An adapter serves the metric through the
 * API `external.metrics.k8s.io`.
 */
export interface ExternalMetric {
  /** The name that the adapter gives the metric. */
  readonly metric: string;
  /**
   * The label selector of the metric's series, as in the Kubernetes API. @default every series of that name
   */
  readonly selector?: k8s.LabelSelector;
  /**
   * The target value per pod, as a Kubernetes quantity. If the metric's value divided by the number of pods
   * is above the target, pods are added.
   */
  readonly perPod: string;
}

/**
 * How a workload scales: by one or more of CPU, memory and an external metric. The metric that requires the
 * most pods decides.
 */
export interface Autoscaling {
  /** The maximum number of pods; `replicas` is the minimum. */
  readonly maxReplicas: number;
  /**
   * The target CPU usage in percent of the CPU request, averaged over the pods. Above the target, pods are
   * added. @default CPU usage adds no pods
   */
  readonly cpuPercent?: number;
  /**
   * The target memory usage in percent of the memory request, averaged over the pods. Above the target, pods
   * are added. If pods without load already use more than the target, the workload always has `maxReplicas`
   * pods.
   *
   * @default memory usage adds no pods
   */
  readonly memoryPercent?: number;
  /** @default no external metric adds pods */
  readonly external?: ExternalMetric;
}

export const autoscalingFields: FieldsOf<Autoscaling> = {
  maxReplicas: required(numberField(podCount)),
  cpuPercent: optional(numberField(percentOfRequest)),
  memoryPercent: optional(numberField(percentOfRequest)),
  external: optional(
    groupField<ExternalMetric>({
      metric: required(textField(metricName)),
      selector: optional(
        kubernetesField('LabelSelector', 'spec', 'metrics', 'external', 'metric', 'selector'),
      ),
      perPod: required(textField(positiveQuantity)),
    }),
  ),
};

/**
 * A HorizontalPodAutoscaler for the Deployment with the same name, if `autoscaling` is set; `replicas` is its
 * minimum.
 */
export function addAutoscaler(
  scope: Construct,
  name: string,
  labels: Record<string, string>,
  props: { readonly replicas: number; readonly autoscaling?: Autoscaling },
): k8s.KubeHorizontalPodAutoscalerV2 | undefined {
  const { replicas, autoscaling } = props;
  if (autoscaling === undefined) return undefined;
  return new k8s.KubeHorizontalPodAutoscalerV2(scope, 'autoscaler', {
    metadata: { name, labels },
    spec: madeFrom(
      {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: replicas,
        maxReplicas: autoscaling.maxReplicas,
        metrics: metricsOf(autoscaling),
      },
      props,
      { minReplicas: ['replicas'], maxReplicas: ['autoscaling', 'maxReplicas'], metrics: ['autoscaling'] },
    ),
  });
}

function metricsOf({ cpuPercent, memoryPercent, external }: Autoscaling): k8s.MetricSpecV2[] {
  const utilization = (resource: string, averageUtilization: number | undefined) =>
    averageUtilization === undefined
      ? []
      : [
          {
            type: 'Resource',
            resource: { name: resource, target: { type: 'Utilization', averageUtilization } },
          },
        ];
  return [
    ...utilization('cpu', cpuPercent),
    ...utilization('memory', memoryPercent),
    ...(external === undefined ? [] : [externalMetric(external)]),
  ];
}

function externalMetric({ metric, selector, perPod }: ExternalMetric): k8s.MetricSpecV2 {
  return {
    type: 'External',
    external: {
      metric: { name: metric, ...(selector !== undefined && { selector }) },
      target: { type: 'AverageValue', averageValue: quantity(perPod) },
    },
  };
}

/** The problems of the prop `autoscaling`, if it is set. */
export function autoscalerProblems(
  replicas: number,
  autoscaling: Autoscaling | undefined,
): (PropProblem | undefined)[] {
  if (autoscaling === undefined) return [];
  return [
    ...fieldsProblems(autoscalingFields, autoscaling, ['autoscaling']),
    ...scalingProblems(replicas, autoscaling).map(({ path, message }) => ({
      path: ['autoscaling', ...path],
      message,
    })),
  ];
}

/** Reports values of `autoscaling` that contradict each other. The paths are relative to `autoscaling`. */
export function scalingProblems(replicas: number, scaling: Autoscaling): PropProblem[] {
  const { maxReplicas, cpuPercent, memoryPercent, external } = scaling;
  const below = `is ${maxReplicas}, below replicas (${replicas}), which is the minimum number of pods; it must be at least ${replicas}`;
  const nothing = 'has no metric; set one or more of cpuPercent, memoryPercent and external';
  return [
    ...(podCount.allows(replicas) && maxReplicas < replicas
      ? [{ path: ['maxReplicas'], message: below }]
      : []),
    ...(cpuPercent === undefined && memoryPercent === undefined && external === undefined
      ? [{ path: [], message: nothing }]
      : []),
  ];
}

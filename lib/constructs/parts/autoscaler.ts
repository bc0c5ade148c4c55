import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { percentOfRequest, podCount } from '../../kubernetes/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import { madeFrom } from './provenance';

/** How a service grows with its load. */
export interface Autoscaling {
  /** The most pods there will be; `replicas` is the least. */
  readonly maxReplicas: number;
  /** CPU in percent of its request, averaged over the pods, above which pods are added. */
  readonly cpuPercent: number;
  /** Memory in percent of its request. Below what a pod uses in peace, the service is always at its most. */
  readonly memoryPercent: number;
}

/** A HorizontalPodAutoscaler of the Deployment of that name, from `replicas` up. */
export function autoscaler(
  name: string,
  labels: Record<string, string>,
  props: { readonly replicas: number; readonly autoscaling?: Autoscaling },
  { maxReplicas, cpuPercent, memoryPercent }: Autoscaling,
): k8s.KubeHorizontalPodAutoscalerV2Props {
  const utilization = (resource: string, averageUtilization: number) => ({
    type: 'Resource',
    resource: { name: resource, target: { type: 'Utilization', averageUtilization } },
  });
  return {
    metadata: { name, labels },
    spec: madeFrom(
      {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: props.replicas,
        maxReplicas,
        metrics: [utilization('cpu', cpuPercent), utilization('memory', memoryPercent)],
      },
      props,
      { minReplicas: ['replicas'], maxReplicas: ['autoscaling', 'maxReplicas'], metrics: ['autoscaling'] },
    ),
  };
}

/** What is wrong with the prop `autoscaling`, if there is one. */
export function autoscalerProblems(
  replicas: number,
  autoscaling: Autoscaling | undefined,
): (PropProblem | undefined)[] {
  if (autoscaling === undefined) return [];
  const { maxReplicas, cpuPercent, memoryPercent } = autoscaling;
  const path = (field: keyof Autoscaling) => ['autoscaling', field];
  const message = `is ${maxReplicas}, below replicas (${replicas}), from which scaling starts`;
  return [
    ruleProblem(path('maxReplicas'), maxReplicas, podCount),
    ruleProblem(path('cpuPercent'), cpuPercent, percentOfRequest),
    ruleProblem(path('memoryPercent'), memoryPercent, percentOfRequest),
    podCount.allows(replicas) && maxReplicas < replicas ? { path: path('maxReplicas'), message } : undefined,
  ];
}

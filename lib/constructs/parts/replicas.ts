import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { podCount, wholeNumber } from '../../kubernetes/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import { type Autoscaling, autoscalerProblems } from './autoscaler';

/** How many pods of a workload run. */
export interface ReplicaProps {
  /** How many pods run. With autoscaling it is the least number, and the Deployment states none. */
  readonly replicas: number;
  /** How many pods a drain must leave. Below `replicas`, or no node could be drained; 0 with one replica. */
  readonly minAvailable: number;
}

/** Replicas that an autoscaler may add to. */
export interface ScaledReplicas extends ReplicaProps {
  /** @default the count stays at `replicas` */
  readonly autoscaling?: Autoscaling;
}

/** One new pod at a time, and no old pod stops before the new one is ready. An autoscaler and a stated count would fight on every apply. */
export function rollingSpec({
  replicas,
  autoscaling,
}: ScaledReplicas): Pick<k8s.DeploymentSpec, 'replicas' | 'strategy'> {
  return {
    ...(autoscaling === undefined && { replicas }),
    strategy: {
      type: 'RollingUpdate',
      rollingUpdate: {
        maxUnavailable: k8s.IntOrString.fromNumber(0),
        maxSurge: k8s.IntOrString.fromNumber(1),
      },
    },
  };
}

export function replicaProblems({
  replicas,
  minAvailable,
  autoscaling,
}: ScaledReplicas): (PropProblem | undefined)[] {
  const message = availabilityProblem(minAvailable, replicas);
  return [
    ruleProblem(['replicas'], replicas, podCount),
    podCount.allows(replicas) && (!Number.isInteger(minAvailable) || minAvailable < 0)
      ? ruleProblem(['minAvailable'], minAvailable, wholeNumber(0, replicas - 1))
      : undefined,
    message === undefined ? undefined : { path: ['minAvailable'], message },
    ...autoscalerProblems(replicas, autoscaling),
  ];
}

/** Why a budget would block every drain. An invalid replica count is reported separately. */
export function availabilityProblem(minAvailable: number, replicas: number): string | undefined {
  const most = replicas - 1;
  if (!podCount.allows(replicas) || minAvailable <= most) return undefined;
  return `is ${minAvailable} of ${replicas} replicas, so no node could be drained; it must be at most ${most}`;
}

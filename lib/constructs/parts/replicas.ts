import { podCount, wholeNumber } from '../../kubernetes/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import { type Autoscaling, autoscalerProblems } from './autoscaler';

/** How many pods a workload has, and how many of them a drain leaves. */
export interface ReplicaProps {
  /**
   * The number of pods. With autoscaling, it is the minimum number of pods, and the Deployment does not set
   * `replicas`.
   */
  readonly replicas: number;
  /**
   * The number of pods that must stay available during a drain. It must be below `replicas`, because
   * otherwise no node could be drained: 0 with one replica.
   */
  readonly minAvailable: number;
}

/** The paths of the required replica props. */
export const requiredReplicaProps = ['replicas', 'minAvailable'];

/** Replicas that an autoscaler may increase. */
export interface ScaledReplicas extends ReplicaProps {
  /** @default the number of pods is always `replicas` */
  readonly autoscaling?: Autoscaling;
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

/**
 * The problem of a disruption budget that would block every drain. An invalid replica count is reported
 * separately.
 */
export function availabilityProblem(minAvailable: number, replicas: number): string | undefined {
  const most = replicas - 1;
  if (!podCount.allows(replicas) || minAvailable <= most) return undefined;
  return `is ${minAvailable} of ${replicas} replicas, so no node could be drained; it must be at most ${most}`;
}

import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { seconds } from '../kubernetes/value-rule';
import { optional } from './fields/field';
import { fieldsProblems } from './fields/field-problems';
import { addAutoscaler } from './parts/autoscaler';
import { ConnectableWorkload } from './parts/connectable-workload';
import { addDisruptionBudget } from './parts/objects';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, requiredPodProps } from './parts/pod';
import { type CommandProbes, commandProbe, commandProbesField } from './parts/probes';
import { replicaProblems, requiredReplicaProps, type ScaledReplicas } from './parts/replicas';
import { rollingDeployment } from './parts/rolling-deployment';
import { ruleProblem } from './props-error';

export interface WorkerProps extends PodProps, ScaledReplicas {
  /** The name of the workload. A changed name replaces the running workload. @default the construct's id */
  readonly name?: string;
  /** The grace period in which a deleted worker can finish its work. @default 30 seconds */
  readonly graceSeconds?: number;
  /**
   * The probes run a program in the container, because a worker has no port. @default no probe; a worker that
   * hangs is not restarted
   */
  readonly probes?: CommandProbes;
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'disruptionBudget' | 'serviceAccount' | 'autoscaler'>;
}

/**
 * A program that takes its work from a queue and can run several times: Deployment, PodDisruptionBudget and
 * ServiceAccount. It has no port, so there is no Service.
 *
 * A rollout starts one new pod at a time and stops no old pod before the new pod runs. The pods spread over
 * the nodes and leave a lost node after 30 s. If a deleted pod has not finished its work, the queue must give
 * the work to another pod.
 */
export class Worker extends ConnectableWorkload {
  readonly deployment: k8s.KubeDeployment;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  /** undefined without autoscaling */
  readonly autoscaler: k8s.KubeHorizontalPodAutoscalerV2 | undefined;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id, props, {
      component: 'consumer',
      required: [...requiredPodProps, ...requiredReplicaProps],
      problems: () => problems(props),
    });
    const { name } = this.party;
    this.disruptionBudget = addDisruptionBudget(this, name, this.labels, props);
    this.deployment = new k8s.KubeDeployment(this, 'deployment', workerDeployment(name, this.labels, props));
    this.autoscaler = addAutoscaler(this, name, this.labels, props);
    patchObjects(this, props);
  }
}

function workerDeployment(
  name: string,
  labels: Record<string, string>,
  props: WorkerProps,
): k8s.KubeDeploymentProps {
  const { startup, liveness } = props.probes ?? {};
  const main = podContainer(name, props, {
    ...(startup !== undefined && { startupProbe: commandProbe(startup) }),
    ...(liveness !== undefined && { livenessProbe: commandProbe(liveness) }),
  });
  return rollingDeployment(name, labels, props, main, props.graceSeconds ?? 30);
}

function problems(props: WorkerProps) {
  return [
    ...podProblems(props),
    ...replicaProblems(props),
    ruleProblem(['graceSeconds'], props.graceSeconds, seconds(0)),
    ...fieldsProblems({ probes: optional(commandProbesField) }, props),
  ];
}

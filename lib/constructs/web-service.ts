import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { port, seconds, unprivilegedPort } from '../kubernetes/value-rule';
import { addAutoscaler } from './parts/autoscaler';
import { ConnectableWorkload } from './parts/connectable-workload';
import type { Destination } from './parts/connections';
import { defaultDrainSeconds, drainLifecycle, shutdownSeconds } from './parts/drain';
import { addDisruptionBudget, clusterService } from './parts/objects';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, requiredPodProps } from './parts/pod';
import {
  requiredServiceProps,
  type ServiceProbes,
  serviceProbeProblems,
  serviceProbes,
} from './parts/probes';
import { replicaProblems, requiredReplicaProps, type ScaledReplicas } from './parts/replicas';
import { rollingDeployment } from './parts/rolling-deployment';
import { ruleProblem } from './props-error';

export interface WebServiceProps extends PodProps, ScaledReplicas {
  /** The port that the container listens on; 1024 or above. */
  readonly port: number;
  /** The port of the Service. @default `port` */
  readonly servicePort?: number;
  readonly probes: ServiceProbes;
  /** The name of the workload. A changed name replaces the running workload. @default the construct's id */
  readonly name?: string;
  /**
   * How long a deleted pod continues to serve, in seconds, until the endpoints and the ingress controller
   * send no more requests to it. 5 seconds were too short for Traefik.
   *
   * @default 15
   */
  readonly drainSeconds?: number;
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<
    'deployment' | 'service' | 'disruptionBudget' | 'serviceAccount' | 'autoscaler'
  >;
}

/**
 * A service that responds to HTTP requests: Deployment, Service, PodDisruptionBudget and ServiceAccount.
 *
 * A rollout starts one new pod at a time and stops no old pod before the new pod is ready. The pods spread
 * over the nodes, leave a lost node after 30 s, and continue to serve for a while when they are deleted.
 */
export class WebService extends ConnectableWorkload implements Destination {
  readonly port: number;
  readonly deployment: k8s.KubeDeployment;
  readonly service: k8s.KubeService;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  /** undefined without autoscaling */
  readonly autoscaler: k8s.KubeHorizontalPodAutoscalerV2 | undefined;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id, props, {
      component: 'service',
      required: [...requiredPodProps, ...requiredServiceProps, ...requiredReplicaProps],
      problems: () => problems(props),
    });
    const { name } = this.party;
    this.port = props.port;
    this.service = new k8s.KubeService(this, 'service', clusterService(name, this.labels, props));
    this.disruptionBudget = addDisruptionBudget(this, name, this.labels, props);
    this.deployment = new k8s.KubeDeployment(this, 'deployment', serviceDeployment(name, this.labels, props));
    this.autoscaler = addAutoscaler(this, name, this.labels, props);
    patchObjects(this, props);
  }
}

function serviceDeployment(
  name: string,
  labels: Record<string, string>,
  props: WebServiceProps,
): k8s.KubeDeploymentProps {
  const drainSeconds = props.drainSeconds ?? defaultDrainSeconds;
  const main = podContainer(name, props, {
    ...serviceProbes(props),
    ...drainLifecycle(drainSeconds),
  });
  return rollingDeployment(name, labels, props, main, drainSeconds + shutdownSeconds);
}

function problems(props: WebServiceProps) {
  return [
    ...podProblems(props),
    ruleProblem(['port'], props.port, unprivilegedPort),
    ruleProblem(['servicePort'], props.servicePort, port),
    ...replicaProblems(props),
    ...serviceProbeProblems(props),
    ruleProblem(['drainSeconds'], props.drainSeconds, seconds(1)),
  ];
}

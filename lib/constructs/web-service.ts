import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { port, seconds, unprivilegedPort } from '../kubernetes/value-rule';
import { selectorLabels } from './labels';
import { accountAnnotations, addAccount } from './parts/account';
import { autoscaler } from './parts/autoscaler';
import {
  type Connectable,
  type Connection,
  type Destination,
  type Party,
  partyOf,
} from './parts/connections';
import { labelsOf, nameProblem, versionLabel } from './parts/identity';
import { clusterService, disruptionBudget } from './parts/objects';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, podTemplate } from './parts/pod';
import { type PortProbe, portProbe, probeProblems } from './parts/probes';
import { madeFrom } from './parts/provenance';
import { replicaProblems, rollingSpec, type ScaledReplicas } from './parts/replicas';
import { nodeSpread, replacedSoon } from './parts/spread';
import { refuse, ruleProblem } from './props-error';

/** How the pods of a service are asked how they are. */
export interface ServiceProbes {
  /** Until it succeeds once, the others wait; if it never does, the container is restarted. */
  readonly startup: PortProbe;
  /** While it fails, no traffic is sent. It should not ask for a database: then all pods would go at once. */
  readonly readiness: PortProbe;
  /** When it fails, the container is restarted. @default nothing restarts a container that hangs */
  readonly liveness?: PortProbe;
}

export interface WebServiceProps extends PodProps, ScaledReplicas {
  /** The port that the container listens on; 1024 or above. */
  readonly port: number;
  /** The port of the Service. @default `port` */
  readonly servicePort?: number;
  readonly probes: ServiceProbes;
  /** Renaming it replaces the live workload. @default the construct's id */
  readonly name?: string;
  /**
   * How long a pod that is being deleted continues to serve, so that requests already on their way arrive while
   * endpoints and the ingress catch up. 5 s proved short for Traefik.
   *
   * @default 15 seconds
   */
  readonly drainSeconds?: number;
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<
    'deployment' | 'service' | 'disruptionBudget' | 'serviceAccount' | 'autoscaler'
  >;
}

/**
 * A service that answers HTTP: Deployment, Service, PodDisruptionBudget and ServiceAccount, all called by its name.
 *
 * A rollout starts one new pod at a time and stops no old one before the new one is ready. The pods spread
 * over the nodes, leave a lost node after 30 s, and continue to serve for a while when they are deleted.
 */
export class WebService extends Construct implements Connectable, Destination {
  readonly party: Party;
  readonly port: number;
  readonly connections: Connection[] = [];
  readonly deployment: k8s.KubeDeployment;
  readonly service: k8s.KubeService;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  readonly serviceAccount: k8s.KubeServiceAccount;
  /** undefined without autoscaling */
  readonly autoscaler: k8s.KubeHorizontalPodAutoscalerV2 | undefined;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, [nameProblem(name), ...podProblems(props), ...problems(props)]);
    this.party = partyOf(name);
    this.port = props.port;
    const labels = labelsOf(this, name, 'service', props);
    this.serviceAccount = addAccount(this, name, labels, props);
    this.service = new k8s.KubeService(this, 'service', clusterService(name, labels, props));
    const budget = disruptionBudget(name, labels, props);
    this.disruptionBudget = new k8s.KubePodDisruptionBudget(this, 'disruption-budget', budget);
    this.deployment = new k8s.KubeDeployment(this, 'deployment', serviceDeployment(name, labels, props));
    if (props.autoscaling !== undefined) {
      const scaler = autoscaler(name, labels, props, props.autoscaling);
      this.autoscaler = new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', scaler);
    }
    patchObjects(this, props);
  }

  /** Lets the pods open connections to it. Takes effect by the NetworkPolicies that are given this workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

/** The grace that Kubernetes gives by default, here for the time after the pause. */
const shutdownSeconds = 30;

function serviceDeployment(
  name: string,
  labels: Record<string, string>,
  props: WebServiceProps,
): k8s.KubeDeploymentProps {
  const drainSeconds = props.drainSeconds ?? 15;
  const { startup, readiness, liveness } = props.probes;
  const main = podContainer(name, props, {
    ports: [{ containerPort: props.port }],
    startupProbe: portProbe(props.port, startup),
    readinessProbe: portProbe(props.port, readiness),
    ...(liveness !== undefined && { livenessProbe: portProbe(props.port, liveness) }),
    lifecycle: { preStop: { sleep: { seconds: drainSeconds } } },
  });
  return {
    metadata: {
      name,
      labels: { ...labels, ...versionLabel(props.image) },
      ...accountAnnotations(props),
    },
    spec: madeFrom(
      {
        ...rollingSpec(props),
        selector: { matchLabels: selectorLabels(name) },
        template: podTemplate(name, labels, props, [main], {
          tolerations: replacedSoon(),
          topologySpreadConstraints: [nodeSpread(name)],
          terminationGracePeriodSeconds: drainSeconds + shutdownSeconds,
        }),
      },
      props,
      { replicas: ['replicas'] },
    ),
  };
}

function problems(props: WebServiceProps) {
  return [
    ruleProblem(['port'], props.port, unprivilegedPort),
    ruleProblem(['servicePort'], props.servicePort, port),
    ...replicaProblems(props),
    ...Object.entries(props.probes).flatMap(([name, probe]) => probeProblems(['probes', name], probe)),
    ruleProblem(['drainSeconds'], props.drainSeconds, seconds(1)),
  ];
}

import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { podCount, seconds, unprivilegedPort, wholeNumber } from '../kubernetes/value-rule';
import { selectorLabels } from './labels';
import { type Autoscaling, autoscaler, autoscalerProblems } from './parts/autoscaler';
import {
  type Connectable,
  type Connection,
  type Destination,
  type Party,
  partyOf,
} from './parts/connections';
import { labelsOf, nameProblem, versionLabel } from './parts/identity';
import { clusterService, disruptionBudget, serviceAccount } from './parts/objects';
import { type PodProps, podContainer, podProblems, podTemplate } from './parts/pod';
import { type PortProbe, portProbe, probeProblems } from './parts/probes';
import { madeFrom } from './parts/provenance';
import { nodeSpread, replacedSoon } from './parts/spread';
import { type PropProblem, refuse, ruleProblem } from './props-error';

/** What asks a service's pods how they are. */
export interface ServiceProbes {
  /** Until it succeeds once, the others wait; if it never does, the container is restarted. */
  readonly startup: PortProbe;
  /** While it fails, no traffic is sent. It should not ask for a database: then all pods would go at once. */
  readonly readiness: PortProbe;
  /** When it fails, the container is restarted. @default nothing restarts a container that hangs */
  readonly liveness?: PortProbe;
}

export interface HoneydueWebServiceProps extends PodProps {
  /** The port that the container listens on and the Service offers; 1024 or above. */
  readonly port: number;
  /** How many pods run; with autoscaling the least there will be, and the Deployment then states none. */
  readonly replicas: number;
  /** How many a drain must leave. Below `replicas`, or no node could be drained; 0 with one replica. */
  readonly minAvailable: number;
  readonly probes: ServiceProbes;
  /** Renaming it replaces the live workload. @default the construct's id */
  readonly name?: string;
  /** @default the count stays at `replicas` */
  readonly autoscaling?: Autoscaling;
  /**
   * How long a pod that was told to stop goes on serving, so that requests already on their way arrive while
   * endpoints and the ingress catch up. 5 s proved short for Traefik.
   *
   * @default 15 seconds
   */
  readonly drainSeconds?: number;
}

/**
 * A service that answers HTTP behind the ingress: Deployment, Service, PodDisruptionBudget and ServiceAccount,
 * all called by its name.
 *
 * A rollout starts one new pod at a time and takes no old one away before the new one is ready. The pods spread
 * over the nodes, leave a lost node after 30 s, and go on serving for a while when told to stop.
 */
export class HoneydueWebService extends Construct implements Connectable, Destination {
  readonly party: Party;
  readonly port: number;
  readonly connections: Connection[] = [];

  constructor(scope: Construct, id: string, props: HoneydueWebServiceProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, [nameProblem(name), ...podProblems(props), ...problems(props)]);
    this.party = partyOf(name);
    this.port = props.port;
    const labels = labelsOf(this, name, 'service');
    new k8s.KubeServiceAccount(this, 'service-account', serviceAccount(name, labels));
    new k8s.KubeService(this, 'service', clusterService(name, labels, props));
    const budget = disruptionBudget(name, labels, props);
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', budget);
    new k8s.KubeDeployment(this, 'deployment', serviceDeployment(name, labels, props));
    if (props.autoscaling !== undefined) {
      const scaler = autoscaler(name, labels, props, props.autoscaling);
      new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', scaler);
    }
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
  props: HoneydueWebServiceProps,
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
    metadata: { name, labels: { ...labels, ...versionLabel(props.image) } },
    spec: madeFrom(
      {
        // An autoscaler and a stated count would fight on every apply.
        ...(props.autoscaling === undefined && { replicas: props.replicas }),
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: {
            maxUnavailable: k8s.IntOrString.fromNumber(0),
            maxSurge: k8s.IntOrString.fromNumber(1),
          },
        },
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

function problems(props: HoneydueWebServiceProps) {
  const { port, replicas, minAvailable, autoscaling, drainSeconds, probes } = props;
  return [
    ruleProblem(['port'], port, unprivilegedPort),
    ruleProblem(['replicas'], replicas, podCount),
    availabilityProblem(minAvailable, replicas),
    ...Object.entries(probes).flatMap(([name, probe]) => probeProblems(['probes', name], probe)),
    ruleProblem(['drainSeconds'], drainSeconds, seconds(1)),
    ...autoscalerProblems(replicas, autoscaling),
  ];
}

/** What no drain could get past. */
function availabilityProblem(minAvailable: number, replicas: number): PropProblem | undefined {
  // Of a count that can't be, nothing can be left over.
  if (!podCount.allows(replicas)) return undefined;
  const path = ['minAvailable'];
  const most = replicas - 1;
  if (!Number.isInteger(minAvailable) || minAvailable < 0) {
    return ruleProblem(path, minAvailable, wholeNumber(0, most));
  }
  if (minAvailable <= most) return undefined;
  const message = `is ${minAvailable} of ${replicas} replicas, so no node could be drained; it must be at most ${most}`;
  return { path, message };
}

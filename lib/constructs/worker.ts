import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { seconds } from '../kubernetes/value-rule';
import { optional } from './fields/field';
import { fieldsProblems } from './fields/field-problems';
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
import { disruptionBudget } from './parts/objects';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, podTemplate } from './parts/pod';
import { type CommandProbes, commandProbe, commandProbesField } from './parts/probes';
import { madeFrom } from './parts/provenance';
import { replicaProblems, rollingSpec, type ScaledReplicas } from './parts/replicas';
import { nodeSpread, replacedSoon } from './parts/spread';
import { refuse, ruleProblem } from './props-error';

export interface WorkerProps extends PodProps, ScaledReplicas {
  /** Renaming it replaces the live workload. @default the construct's id */
  readonly name?: string;
  /** How long a worker that is being deleted may finish the work that it holds. @default 30 seconds */
  readonly graceSeconds?: number;
  /** A worker has no port: its probes run a program. @default no probe; a worker that hangs is not restarted */
  readonly probes?: CommandProbes;
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'disruptionBudget' | 'serviceAccount' | 'autoscaler'>;
}

/**
 * A program that takes its work from a queue and may run several times: Deployment, PodDisruptionBudget and ServiceAccount. It has no
 * port, so there is no Service.
 *
 * A rollout starts one new pod at a time and stops no old one before the new one runs. The pods spread over the nodes and leave a lost
 * node after 30 s. The queue must give work that a deleted pod has not finished to another pod.
 */
export class Worker extends Construct implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];
  readonly deployment: k8s.KubeDeployment;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  readonly serviceAccount: k8s.KubeServiceAccount;
  /** undefined without autoscaling */
  readonly autoscaler: k8s.KubeHorizontalPodAutoscalerV2 | undefined;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, [
      nameProblem(name),
      ...podProblems(props),
      ...replicaProblems(props),
      ruleProblem(['graceSeconds'], props.graceSeconds, seconds(0)),
      ...fieldsProblems({ probes: optional(commandProbesField) }, props),
    ]);
    this.party = partyOf(name);
    const labels = labelsOf(this, name, 'consumer', props);
    this.serviceAccount = addAccount(this, name, labels, props);
    const budget = disruptionBudget(name, labels, props);
    this.disruptionBudget = new k8s.KubePodDisruptionBudget(this, 'disruption-budget', budget);
    this.deployment = new k8s.KubeDeployment(this, 'deployment', workerDeployment(name, labels, props));
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
          terminationGracePeriodSeconds: props.graceSeconds ?? 30,
        }),
      },
      props,
      { replicas: ['replicas'] },
    ),
  };
}

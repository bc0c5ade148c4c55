import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { acknowledgementPrefix } from '../documents/acknowledgement';
import { seconds } from '../kubernetes/value-rule';
import { selectorLabels } from './labels';
import { addAccount, tokenAcknowledgement } from './parts/account';
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
import { refuse, ruleProblem } from './props-error';

export interface SingletonWorkerProps extends PodProps {
  /** Renaming it starts a second worker beside the live one. @default the construct's id */
  readonly name?: string;
  /** Why it must not run twice. It acknowledges the finding of `deployment-replicas`. @default a general sentence, and none */
  readonly reason?: string;
  /**
   * How long a worker that is being deleted may finish the work that it holds. It is also the longest time for which two
   * can run side by side after a drain.
   *
   * @default 30 seconds
   */
  readonly graceSeconds?: number;
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'disruptionBudget' | 'serviceAccount'>;
}

/**
 * A program that takes its work from a queue and must not run twice: Deployment, PodDisruptionBudget and
 * ServiceAccount. It has no port, so there is no Service and nothing to probe.
 *
 * There is no `replicas` prop. A rollout stops the old pod before it starts the new one (`Recreate`): the work
 * waits meanwhile. What `Recreate` does not cover: after a drain the replacement starts at once, while the old
 * pod still has its grace; and a node that is cut off from the control plane goes on running its pod, though
 * the cluster replaces it after five minutes. A job that must never run twice needs a lock of its own.
 */
export class SingletonWorker extends Construct implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];
  readonly deployment: k8s.KubeDeployment;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  readonly serviceAccount: k8s.KubeServiceAccount;

  constructor(scope: Construct, id: string, props: SingletonWorkerProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, [
      nameProblem(name),
      ...podProblems(props),
      ruleProblem(['graceSeconds'], props.graceSeconds, seconds(0)),
    ]);
    this.party = partyOf(name);
    const labels = labelsOf(this, name, 'worker', props);
    this.serviceAccount = addAccount(this, name, labels, props);
    this.disruptionBudget = new k8s.KubePodDisruptionBudget(
      this,
      'disruption-budget',
      disruptionBudget(name, labels, { minAvailable: 0 }),
    );
    this.deployment = new k8s.KubeDeployment(this, 'deployment', singletonDeployment(name, labels, props));
    patchObjects(this, props);
  }

  /** Lets the pods open connections to it. Takes effect by the NetworkPolicies that are given this workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

function singletonDeployment(
  name: string,
  labels: Record<string, string>,
  props: SingletonWorkerProps,
): k8s.KubeDeploymentProps {
  return {
    metadata: {
      name,
      labels: { ...labels, ...versionLabel(props.image) },
      annotations: {
        'kubernetes.io/description': `Runs once; do not scale it. ${props.reason ?? 'A second one would do every job twice.'}`,
        ...tokenAcknowledgement(props),
        ...(props.reason !== undefined && { [`${acknowledgementPrefix}deployment-replicas`]: props.reason }),
      },
    },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorLabels(name) },
      template: podTemplate(name, labels, props, [podContainer(name, props, {})], {
        terminationGracePeriodSeconds: props.graceSeconds ?? 30,
      }),
    },
  };
}

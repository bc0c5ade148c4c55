import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { acknowledgementPrefix } from '../documents/acknowledgement';
import { seconds } from '../kubernetes/value-rule';
import { selectorLabels } from './labels';
import { tokenAcknowledgement } from './parts/account';
import { ConnectableWorkload } from './parts/connectable-workload';
import { versionLabel } from './parts/identity';
import { addDisruptionBudget } from './parts/objects';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, podTemplate, requiredPodProps } from './parts/pod';
import { ruleProblem } from './props-error';

export interface SingletonWorkerProps extends PodProps {
  /**
   * The name of the Deployment. A changed name starts a second worker next to the existing one. @default the
   * construct's id
   */
  readonly name?: string;
  /**
   * Why the worker must not run twice. The reason acknowledges the finding of `deployment-replicas`. @default
   * a general description, and no acknowledgement
   */
  readonly reason?: string;
  /**
   * The grace period in which a deleted worker can finish its work. After a drain, two workers can run at the
   * same time for this long.
   *
   * @default 30 seconds
   */
  readonly graceSeconds?: number;
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'disruptionBudget' | 'serviceAccount'>;
}

/**
 * A program that takes its work from a queue and must not run twice: Deployment, PodDisruptionBudget and
 * ServiceAccount. It has no port, so it has no Service and no port probes.
 *
 * There is no `replicas` prop. A rollout stops the old pod before it starts the new pod (`Recreate`);
 * meanwhile, no work is done. Two pods can still run in two cases: after a drain, the replacement starts
 * while the old pod is in its grace period; and a node that is disconnected from the control plane keeps
 * running its pod, although the cluster replaces the pod after five minutes. Work that must never be done
 * twice needs a lock of its own.
 */
export class SingletonWorker extends ConnectableWorkload {
  readonly deployment: k8s.KubeDeployment;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;

  constructor(scope: Construct, id: string, props: SingletonWorkerProps) {
    super(scope, id, props, {
      component: 'worker',
      required: requiredPodProps,
      problems: () => [...podProblems(props), ruleProblem(['graceSeconds'], props.graceSeconds, seconds(0))],
    });
    const { name } = this.party;
    this.disruptionBudget = addDisruptionBudget(this, name, this.labels, { minAvailable: 0 });
    this.deployment = new k8s.KubeDeployment(
      this,
      'deployment',
      singletonDeployment(name, this.labels, props),
    );
    patchObjects(this, props);
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
        'kubernetes.io/description': `Runs as a single pod; do not scale it. ${props.reason ?? 'A second pod would do all work twice.'}`,
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

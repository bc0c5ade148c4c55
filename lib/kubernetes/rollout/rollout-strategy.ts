import type { DaemonSetSpec, DeploymentSpec, StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { defaultValues } from '../lifecycle/default-values';
import { kindOf } from '../objects/object-key';
import type { PodShare } from './pod-share';

/** A rolling update, with the defaults of the API server. */
export interface RollingUpdate {
  readonly kind: 'RollingUpdate';
  /** The kind of the controller: controllers round percentages differently. */
  readonly controller: 'Deployment' | 'DaemonSet' | 'StatefulSet';
  readonly maxSurge: PodShare;
  readonly maxUnavailable: PodShare;
  /** Pods of a StatefulSet whose ordinal is less than this number keep the old template. */
  readonly partition: number;
}

/**
 * How pods are replaced when the template changes.
 *
 * - Recreate: all old pods end before the first new one is created
 * - OnDelete: a pod is replaced after it is deleted
 */
export type RolloutStrategy = RollingUpdate | { readonly kind: 'Recreate' | 'OnDelete' };

/**
 * The update strategy of an object. Undefined for a kind whose controller does not replace running pods when
 * the template changes. A StatefulSet replaces one pod at a time, even with podManagementPolicy Parallel:
 * maxUnavailable needs a feature gate that is off in Kubernetes 1.34.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 * @see https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
export function rolloutStrategyOf(object: KubernetesObject): RolloutStrategy | undefined {
  const spec = object['spec'] ?? {};
  switch (kindOf(object)) {
    case 'Deployment':
      return strategyOfDeployment(spec as DeploymentSpec);
    case 'DaemonSet':
      return strategyOfDaemonSet(spec as DaemonSetSpec);
    case 'StatefulSet':
      return strategyOfStatefulSet(spec as StatefulSetSpec);
    default:
      return undefined;
  }
}

function strategyOfDeployment({ strategy }: DeploymentSpec): RolloutStrategy {
  if (strategy?.type === 'Recreate') return { kind: 'Recreate' };
  const { maxSurge, maxUnavailable } = { ...defaultValues.rollingDeployment, ...strategy?.rollingUpdate };
  return { kind: 'RollingUpdate', controller: 'Deployment', maxSurge, maxUnavailable, partition: 0 };
}

function strategyOfDaemonSet({ updateStrategy }: DaemonSetSpec): RolloutStrategy {
  if (updateStrategy?.type === 'OnDelete') return { kind: 'OnDelete' };
  const { maxSurge, maxUnavailable } = {
    ...defaultValues.rollingDaemonSet,
    ...updateStrategy?.rollingUpdate,
  };
  return { kind: 'RollingUpdate', controller: 'DaemonSet', maxSurge, maxUnavailable, partition: 0 };
}

function strategyOfStatefulSet({ updateStrategy }: StatefulSetSpec): RolloutStrategy {
  if (updateStrategy?.type === 'OnDelete') return { kind: 'OnDelete' };
  const { partition } = { ...defaultValues.rollingStatefulSet, ...updateStrategy?.rollingUpdate };
  return { kind: 'RollingUpdate', controller: 'StatefulSet', maxSurge: 0, maxUnavailable: 1, partition };
}

/** Whether a Deployment is paused. Its controller then replaces no pods. */
export function isPaused(object: KubernetesObject): boolean {
  return kindOf(object) === 'Deployment' && (object['spec'] as DeploymentSpec | undefined)?.paused === true;
}

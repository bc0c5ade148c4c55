import type { PodSpec } from '../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../documents/kubernetes';
import type { RolloutStrategy } from '../../../kubernetes/rollout/rollout-strategy';
import type { Amount } from '../../../kubernetes/scheduling/node';
import type { StartObstacle } from '../../../kubernetes/start/start-obstacle';

/** A field of a manifest. */
export interface Field {
  readonly object: KubernetesObject;
  /** Such as `spec.replicas`. */
  readonly path: string;
}

/** A field whose effect the drill does not model. */
export interface UnmodelledField extends Field {
  /** A predicate that says what is unknown about the field. @default `is not modelled` */
  readonly why?: string;
}

/** A scheduling rule about pods of the same workload: topology spread or anti-affinity. */
export interface SpreadRule {
  readonly kind: 'spread' | 'anti-affinity';
  readonly topologyKey: string;
  /** Maximum skew of a topology spread. */
  readonly maxSkew: number;
  readonly minDomains: number;
  /** Whether cordoned and lost nodes count as domains. They get no pods, so their domains stay empty. */
  readonly countsTaintedNodes: boolean;
  /** Whether nodes that don't match the pod's selector count as domains. */
  readonly countsOtherNodes: boolean;
  /** Whether only pods of the same template count (`matchLabelKeys` with `pod-template-hash`). */
  readonly perRevision: boolean;
  /**
   * Whether only pods of other templates count: such a rule comes from the old pods during a rollout. @default false
   */
  readonly isOfReplaced?: boolean;
  readonly field: Field;
}

/** The evictions that PodDisruptionBudgets allow for a workload. */
export interface Budget {
  /** Number of pods that must stay ready. */
  readonly desired: number;
  readonly field: Field;
}

export type DrillKind = 'Deployment' | 'StatefulSet' | 'ReplicaSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'Pod';

/** The properties of a workload that a drill uses. */
export interface DrillWorkload {
  readonly name: string;
  readonly namespace: string;
  /** A ReplicationController has the kind ReplicaSet here. */
  readonly kind: DrillKind;
  readonly object: KubernetesObject;
  /** Path of the pod spec in the object. */
  readonly podPath: string;
  readonly spec: PodSpec;
  /** Whether the workload is a part of k3s instead of the manifests. */
  readonly isSystem: boolean;
  /** Number of pods before a failure. With an autoscaler: its minimum. */
  readonly replicas: number;
  readonly mostReplicas: number;
  readonly replicasField: Field;
  /** Undefined for kinds without a rollout, such as a Job. */
  readonly strategy: RolloutStrategy | undefined;
  readonly requests: Amount;
  /** Resource limits of one pod, which a quota may count. */
  readonly limits: Amount;
  readonly priority: number;
  readonly preempts: boolean;
  /** By index: the nodes that the pod's node selector, affinity and tolerations admit. */
  readonly admitted: ReadonlySet<number>;
  readonly spread: readonly SpreadRule[];
  readonly budgets: readonly Budget[];
  /** A claim whose volume is on one node. */
  readonly boundClaim: { readonly name: string; readonly field: Field } | undefined;
  /** Whether each pod has its own volume on the node where it first ran, and can start only on that node. */
  readonly isSticky: boolean;
  /** Why pods of the workload never run, with or without a failure. */
  readonly obstacles: readonly StartObstacle[];
  /** Seconds that a pod stays bound to a lost node before its eviction; infinite if the pod is never evicted. */
  readonly secondsUntilEviction: number;
  /** Unmodelled fields that may change a result. */
  readonly unmodelled: readonly UnmodelledField[];
}

/** The place of a field of the pod spec. */
export function podField(
  { object, podPath }: Pick<DrillWorkload, 'object' | 'podPath'>,
  path: string,
): Field {
  return { object, path: `${podPath}.${path}` };
}

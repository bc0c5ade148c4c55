import type { PodSpec } from '../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../documents/kubernetes';
import type { RolloutStrategy } from '../../../kubernetes/rollout/rollout-strategy';
import type { Amount } from '../../../kubernetes/scheduling/node';
import type { StartObstacle } from '../../../kubernetes/start/start-obstacle';

/** A field of a manifest: a reason that can be looked up. */
export interface Field {
  readonly object: KubernetesObject;
  /** Such as `spec.replicas`. */
  readonly path: string;
}

/** A field of which the drill does not know what it does. */
export interface UnmodelledField extends Field {
  /** What about its value is not known, in a clause. @default the field is not modelled */
  readonly why?: string;
}

/** A rule of the scheduler about pods of the same workload: a spread, or an anti-affinity. */
export interface SpreadRule {
  readonly kind: 'spread' | 'anti-affinity';
  readonly topologyKey: string;
  /** Of a spread. */
  readonly maxSkew: number;
  readonly minDomains: number;
  /** Nodes that are cordoned or lost count as a domain, and stay the emptiest of all. */
  readonly countsTaintedNodes: boolean;
  /** Nodes that the pod's selector refuses count as a domain. */
  readonly countsOtherNodes: boolean;
  /** Only pods of the same template count (`matchLabelKeys` with `pod-template-hash`). */
  readonly perRevision: boolean;
  /** Only pods of other templates count: it is a rule of pods that a rollout replaces. @default false */
  readonly isOfReplaced?: boolean;
  readonly field: Field;
}

/** Who may be evicted of a workload. */
export interface Budget {
  /** So many pods must stay ready. */
  readonly desired: number;
  readonly field: Field;
}

export type DrillKind = 'Deployment' | 'StatefulSet' | 'ReplicaSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'Pod';

/** What a drill needs to know of whatever makes pods. */
export interface DrillWorkload {
  readonly name: string;
  readonly namespace: string;
  /** A ReplicationController is a ReplicaSet here. */
  readonly kind: DrillKind;
  readonly object: KubernetesObject;
  /** Where the pod's spec is in the object. */
  readonly podPath: string;
  readonly spec: PodSpec;
  /** Of the distribution, not of the documents. */
  readonly isSystem: boolean;
  /** At rest; the fewest where an autoscaler decides. */
  readonly replicas: number;
  readonly mostReplicas: number;
  readonly replicasField: Field;
  /** Undefined of a kind that doesn't roll, such as a Job. */
  readonly strategy: RolloutStrategy | undefined;
  readonly requests: Amount;
  /** Other pods that a quota counts. */
  readonly limits: Amount;
  readonly priority: number;
  readonly preempts: boolean;
  /** The nodes that the pod's selector, affinity and tolerations admit, by index. */
  readonly admitted: ReadonlySet<number>;
  readonly spread: readonly SpreadRule[];
  readonly budgets: readonly Budget[];
  /** A claim whose volume lies on one node. */
  readonly boundClaim: { readonly name: string; readonly field: Field } | undefined;
  /** Each pod of a StatefulSet has a volume on the node where it first ran, and starts on no other. */
  readonly isSticky: boolean;
  /** Why its pods never run, whatever fails. */
  readonly obstacles: readonly StartObstacle[];
  /** Seconds that a pod stays bound to a node that is lost; infinite for what never leaves. */
  readonly toleratesLoss: number;
  /** Fields that this drill does not model and that could change an answer. */
  readonly unmodelled: readonly UnmodelledField[];
}

/** A field of the pod's spec. */
export function podField(
  { object, podPath }: Pick<DrillWorkload, 'object' | 'podPath'>,
  path: string,
): Field {
  return { object, path: `${podPath}.${path}` };
}

import type { PodSpec } from '../../../imports/kubernetes/kinds';
import type { ListedObject } from '../cluster/live-list';

/** An object with its owner references. */
export interface OwnedObject extends ListedObject {
  readonly metadata: ListedObject['metadata'] & {
    readonly ownerReferences?: readonly { readonly uid: string; readonly kind: string }[];
    readonly annotations?: Readonly<Record<string, string>>;
    readonly generation?: number;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
  };
}

/** How a container ended. */
export interface TerminatedState {
  readonly exitCode: number;
  readonly reason?: string;
  readonly signal?: number;
}

export interface LiveContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: { readonly startedAt?: string };
    readonly terminated?: TerminatedState;
  };
  readonly lastState?: { readonly terminated?: TerminatedState };
}

export interface LiveCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** A pod as the API server returns it. */
export interface LivePod extends OwnedObject {
  readonly spec: PodSpec & { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly conditions?: readonly LiveCondition[];
    readonly initContainerStatuses?: readonly LiveContainerStatus[];
    readonly containerStatuses?: readonly LiveContainerStatus[];
  };
}

/** An event. The API server deletes it after an hour. */
export interface LiveEvent extends ListedObject {
  readonly involvedObject: { readonly kind?: string; readonly name?: string; readonly uid?: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** A workload or a Job, with its status. */
export interface LiveWorkload extends OwnedObject {
  readonly kind?: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>> & { readonly conditions?: readonly LiveCondition[] };
}

import type { KubernetesObject } from '../documents/kubernetes';
import type { ClusterRelease } from './release/cluster-release';
import type { Node } from './scheduling/node';

/** Facts that the manifests do not contain. A rule that needs a missing fact is not checked. */
export interface Facts {
  /**
   * The versions that the cluster runs. @default unknown: a field or kind of any known release is accepted
   */
  readonly release?: ClusterRelease;
  readonly nodes?: readonly Node[];
  /** Keys of Secrets that exist in the cluster without a manifest, by the name of the Secret. */
  readonly secrets?: Readonly<Record<string, readonly string[]>>;
  /** The objects of the previous apply. Rules compare immutable fields with the values in these objects. */
  readonly previous?: readonly KubernetesObject[];
  /**
   * HTTP paths at which the probes of a healthy pod fail, with the reason, by the pod's label
   * `app.kubernetes.io/name`.
   */
  readonly wrongProbePaths?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Maximum start time of a pod in seconds, by the pod's label `app.kubernetes.io/name`. */
  readonly startSeconds?: Readonly<Record<string, number>>;
}

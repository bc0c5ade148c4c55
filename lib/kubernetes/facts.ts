import type { KubernetesObject } from '../documents/kubernetes';
import type { ClusterRelease } from './release/cluster-release';
import type { Node } from './scheduling/node';

/** Facts that documents do not contain. A rule that needs a missing fact does not apply. */
export interface Facts {
  /** What the cluster runs. @default unknown: what any known release has is accepted */
  readonly release?: ClusterRelease;
  /** The nodes of the cluster. */
  readonly nodes?: readonly Node[];
  /** Keys of Secrets that exist without a document, by the name of the Secret. */
  readonly secrets?: Readonly<Record<string, readonly string[]>>;
  /** Objects of the previous apply. Immutable fields are compared with them. */
  readonly previous?: readonly KubernetesObject[];
  /** Paths that fail for a healthy pod, with the reason, by the pod's label `app.kubernetes.io/name`. */
  readonly wrongProbePaths?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Maximum start time in seconds, by the pod's label `app.kubernetes.io/name`. */
  readonly startSeconds?: Readonly<Record<string, number>>;
}

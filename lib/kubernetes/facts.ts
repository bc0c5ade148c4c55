import type { KubernetesObject } from '../documents/kubernetes';
import type { ClusterRelease } from './release/cluster-release';
import type { Node } from './scheduling/node';

/** What rules know beside the documents. A rule that needs what isn't stated doesn't apply. */
export interface Facts {
  /** What the cluster runs. @default unknown: what any known release has is accepted */
  readonly release?: ClusterRelease;
  /** What the cluster runs on. */
  readonly nodes?: readonly Node[];
  /** The keys of the Secrets that exist without being among the documents, by the Secrets' names. */
  readonly secrets?: Readonly<Record<string, readonly string[]>>;
  /** What was applied before: immutable fields are held against it. */
  readonly previous?: readonly KubernetesObject[];
  /** Paths that are known to answer wrongly, by what serves them: a pod's `app.kubernetes.io/name`. */
  readonly wrongProbePaths?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** How long the slowest start may take, in seconds, by a pod's `app.kubernetes.io/name`. */
  readonly startSeconds?: Readonly<Record<string, number>>;
}

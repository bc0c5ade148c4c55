import type { RequestFailure } from '../http/request-error';
import type { ImageManifests } from '../registry/manifest';

/** What a registry says of an image, held against the lock file. */
export type PinOutcome =
  /** The tag names the digest that is locked. */
  | 'unchanged'
  /** The tag names another index with the same manifests for the nodes: the lock keeps its digest, and nothing restarts. */
  | 'kept'
  /** The tag names other manifests for the nodes, or another tag is asked for. */
  | 'moved'
  /** Nothing was locked. */
  | 'pinned'
  /** The tag is unresolved. */
  | 'unresolved'
  /** The registry gave no answer that can be locked. */
  | 'failed';

/** One image after its registry was asked. */
export interface ImagePin {
  readonly name: string;
  readonly repository: string;
  readonly outcome: PinOutcome;
  /** The tag that was asked for; undefined while it is unresolved. */
  readonly tag?: string;
  /** The tag of the configuration before this run, if it was another. */
  readonly tagBefore?: string;
  readonly digestBefore?: string;
  /** The digest to lock. */
  readonly digest?: string;
  /** By architecture of the nodes. */
  readonly manifests?: ImageManifests;
  /** The workloads that run it. */
  readonly workloads: readonly string[];
  /** Why the registry gave no digest. */
  readonly failure?: RequestFailure | 'architecture';
  readonly message?: string;
}

import type { RequestFailure } from '../http/request-error';
import type { ImageManifests } from '../registry/manifest';

/** The result of comparing the lock file with the registry, for one image. */
export type PinOutcome =
  /** The tag refers to the locked digest. */
  | 'unchanged'
  /**
   * The tag refers to another index, but its manifests for the nodes' architectures are the same: the locked digest is
   * kept, so that no pod restarts.
   */
  | 'kept'
  /** The tag refers to other manifests for the nodes' architectures, or the request is for another tag. */
  | 'moved'
  /** Nothing was locked. */
  | 'pinned'
  /** The configuration leaves the tag unresolved. */
  | 'unresolved'
  /** The registry returned no digest to lock. */
  | 'failed';

/** The result of the lookup for one image. */
export interface ImagePin {
  readonly name: string;
  readonly repository: string;
  readonly outcome: PinOutcome;
  /** The tag that was looked up; undefined while it is unresolved. */
  readonly tag?: string;
  /** The previous tag in the configuration, if it was another one. */
  readonly tagBefore?: string;
  readonly digestBefore?: string;
  /** The digest to lock. */
  readonly digest?: string;
  /** Manifest digests, by architecture. */
  readonly manifests?: ImageManifests;
  /** The workloads that use the image. */
  readonly workloads: readonly string[];
  /** Why no digest could be locked. */
  readonly failure?: RequestFailure | 'architecture';
  readonly message?: string;
}

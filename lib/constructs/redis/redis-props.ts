import type { SecretKey } from '../parts/environment';
import type { ObjectPatches } from '../parts/patch';
import type { PodExtras } from '../parts/pod';
import type { Resources } from '../parts/resources';

export interface PinnedRedisProps extends PodExtras {
  /** An image of Redis 7 with a shell, `flock` and `sed`, such as `redis:7-alpine@sha256:…`. */
  readonly image: string;
  readonly resources: Resources;
  /** The key of the Secret that holds the password. Redis does not start if the password is empty. */
  readonly password: SecretKey;
  /** The label of the one node that has the volume. No other node has the data. */
  readonly nodeLabel: Readonly<Record<string, string>>;
  /** The PersistentVolumeClaim. Its name and class are immutable, and its size can only grow. */
  readonly storage: { readonly claim: string; readonly size: string; readonly class: string };
  /**
   * The name of the Deployment and the Service. A changed name replaces the running server and its DNS name.
   * @default the construct's id
   */
  readonly name?: string;
  /**
   * The uid that owns the files on the volume. @default the image's own user; an image that runs as root does
   * not start
   */
  readonly user?: number;
  /** @default images are pulled without credentials */
  readonly imagePullSecret?: string;
  /** The name of an existing PriorityClass. @default the cluster's default PriorityClass */
  readonly priorityClass?: string;
  /** The maximum size of the data; at most half of the memory limit. @default 256mb */
  readonly maxmemory?: string;
  /**
   * The eviction policy at `maxmemory`. @default noeviction: writes fail, and Redis keeps all data, such as
   * queued jobs
   */
  readonly maxmemoryPolicy?: string;
  /** When writes are flushed to the disk. @default everysec: a crash loses up to one second of writes */
  readonly appendfsync?: string;
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'service' | 'disruptionBudget' | 'serviceAccount' | 'claim'>;
}

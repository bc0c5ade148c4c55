import type { SecretKey } from '../parts/environment';
import type { ObjectPatches } from '../parts/patch';
import type { PodExtras } from '../parts/pod';
import type { Resources } from '../parts/resources';

export interface PinnedRedisProps extends PodExtras {
  /** An image of Redis 7 with a shell, `flock` and `sed`, such as `redis:7-alpine@sha256:…`. */
  readonly image: string;
  readonly resources: Resources;
  /** The key of the Secret that holds the password. Redis does not start while it is empty. */
  readonly password: SecretKey;
  /** The label of the one node that has the volume. On any other node there is no data. */
  readonly nodeLabel: Readonly<Record<string, string>>;
  /** The volume claim. Its name and class can't be changed in place, and its size can only grow. */
  readonly storage: { readonly claim: string; readonly size: string; readonly class: string };
  /** Renaming it replaces the live server and its address. @default the construct's id */
  readonly name?: string;
  /** The uid that owns the files on the volume. @default the image's own; one that runs as root does not start */
  readonly user?: number;
  /** @default registries are asked without credentials */
  readonly imagePullSecret?: string;
  /** A PriorityClass of the cluster. @default the cluster's default */
  readonly priorityClass?: string;
  /** How much data it takes; at most half of the memory limit. @default 256mb */
  readonly maxmemory?: string;
  /** What happens then. @default noeviction: writes fail, and no queued job is dropped silently */
  readonly maxmemoryPolicy?: string;
  /** When writes reach the disk. @default everysec: a crash loses up to a second of them */
  readonly appendfsync?: string;
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<'deployment' | 'service' | 'disruptionBudget' | 'serviceAccount' | 'claim'>;
}

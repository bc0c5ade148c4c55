import type { SecretKey } from '../parts/environment';
import type { ObjectPatches } from '../parts/patch';
import type { PodPlacement } from '../parts/placement';
import type { Resources } from '../parts/resources';

/** The database that is dumped. */
export interface BackupDatabase {
  /** Where Postgres itself answers. A pooler gives pg_dump no session of its own, so Neon's is refused. */
  readonly host: string;
  readonly name: string;
  /** A role that may read every table and nothing more: `GRANT pg_read_all_data TO …`. */
  readonly user: string;
  readonly password: SecretKey;
  /** @default 5432 */
  readonly port?: number;
}

/** A private bucket, on anything that speaks S3. How long an object stays is its lifecycle's. */
export interface BackupBucket {
  readonly name: string;
  /** Such as `https://s3.us-east-005.backblazeb2.com`. */
  readonly endpoint: string;
  /** What requests are signed for, such as `us-east-005`. */
  readonly region: string;
  /** The id of a key that may write (B2: `writeFiles`); it need not list, read or delete. */
  readonly keyId: SecretKey;
  readonly key: SecretKey;
}

/** Where a success is reported. */
export interface BackupMetrics {
  /**
   * VictoriaMetrics' import of Prometheus text, such as
   * `https://metrics.example.com/api/v1/import/prometheus`.
   */
  readonly url: string;
  /** The label `cluster` of both, as the metrics agent's series have it. @default none */
  readonly cluster?: string;
  /** The bearer token: letters, digits and signs, without a line break at its end. */
  readonly token: SecretKey;
}

/** Off-the-shelf images, each `repository:tag@sha256:…`. The tag of `postgres` is the version of pg_dump. */
export interface BackupImages {
  /**
   * pg_dump and pg_restore of the server's major version or a later one, and a shell: `postgres:17-alpine`.
   * The Debian variants hold no certificate authorities, and nothing would be dumped.
   */
  readonly postgres: string;
  /** `age` on the PATH, no shell needed: `jauderho/age`. */
  readonly age: string;
  /** rclone 1.60 or later, and a shell: `rclone/rclone`. */
  readonly rclone: string;
  /** curl 7.55 or later, and a shell: `curlimages/curl`. */
  readonly curl: string;
}

/** What the steps are made of. */
export interface BackupParts {
  readonly images: BackupImages;
  readonly database: BackupDatabase;
  /** Bytes. A dump that is smaller is not kept. */
  readonly minimumBytes: number;
  /** An age recipient, `age1…`. */
  readonly publicKey: string;
  readonly bucket: BackupBucket;
  readonly metrics: BackupMetrics;
}

/** A backup's parts, when it runs and what it may take. */
export interface PostgresBackupProps extends BackupParts, PodPlacement {
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<'cronJob' | 'serviceAccount'>;
  /**
   * Five fields in UTC, such as `17 3 * * *`. Not while migrations run: they wait until the dump is through.
   */
  readonly schedule: string;
  /**
   * Each step's. They run one after another, so the pod is scheduled by these numbers once. rclone takes the
   * most memory, about 100 MiB whatever the size of the dump. CPU is for compressing it: less only takes
   * longer.
   */
  readonly resources: Resources;
  /**
   * The most that a dump may take on a node's disk, and as much again encrypted; past it the pod is evicted.
   */
  readonly sizeLimit: string;
  /** Renaming it makes a second CronJob beside the live one. @default the construct's id */
  readonly name?: string;
  /** After so long, over all attempts, the night's backup has failed. @default 3600 seconds */
  readonly deadlineSeconds?: number;
  /** A PriorityClass of the cluster. @default the cluster's default */
  readonly priorityClass?: string;
}

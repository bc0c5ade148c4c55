import type { SecretKey } from '../parts/environment';
import type { ObjectPatches } from '../parts/patch';
import type { PodPlacement } from '../parts/placement';
import type { Resources } from '../parts/resources';

/** The database that is dumped. */
export interface BackupDatabase {
  /**
   * The direct host of Postgres. pg_dump needs its own session, which a pooler does not give: Neon's pooler
   * is refused.
   */
  readonly host: string;
  readonly name: string;
  /** A role with read access to every table and nothing else: `GRANT pg_read_all_data TO …`. */
  readonly user: string;
  readonly password: SecretKey;
  /** @default 5432 */
  readonly port?: number;
}

/**
 * A private bucket of a service with the S3 API. The bucket's lifecycle rules decide how long an object
 * stays.
 */
export interface BackupBucket {
  readonly name: string;
  /** Such as `https://s3.us-east-005.backblazeb2.com`. */
  readonly endpoint: string;
  /** The region for which requests are signed, such as `us-east-005`. */
  readonly region: string;
  /** The id of a key that may write (B2: `writeFiles`); it need not list, read or delete. */
  readonly keyId: SecretKey;
  readonly key: SecretKey;
}

/** The metrics server to which a successful backup is reported. */
export interface BackupMetrics {
  /**
   * VictoriaMetrics' endpoint that imports Prometheus text, such as
   * `https://metrics.example.com/api/v1/import/prometheus`.
   */
  readonly url: string;
  /** The label `cluster` of both, as the metrics agent's series have it. @default none */
  readonly cluster?: string;
  /** The bearer token: letters, digits and signs, without a line break at its end. */
  readonly token: SecretKey;
}

/** Public images, each `repository:tag@sha256:…`. The tag of `postgres` is the version of pg_dump. */
export interface BackupImages {
  /**
   * pg_dump and pg_restore of the server's major version or a later one, and a shell: `postgres:17-alpine`.
   * The Debian variants have no certificate authorities, so pg_dump could not connect.
   */
  readonly postgres: string;
  /** `age` on the PATH, no shell needed: `jauderho/age`. */
  readonly age: string;
  /** rclone 1.60 or later, and a shell: `rclone/rclone`. */
  readonly rclone: string;
  /** curl 7.55 or later, and a shell: `curlimages/curl`. */
  readonly curl: string;
}

/** The values from which the steps are built. */
export interface BackupParts {
  readonly images: BackupImages;
  readonly database: BackupDatabase;
  /** In bytes. A smaller dump is not uploaded, and the run fails. */
  readonly minimumBytes: number;
  /** An age recipient, `age1…`. */
  readonly publicKey: string;
  readonly bucket: BackupBucket;
  readonly metrics: BackupMetrics;
}

/** The parts of a backup, its schedule and its limits. */
export interface PostgresBackupProps extends BackupParts, PodPlacement {
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'cronJob' | 'serviceAccount'>;
  /**
   * Five fields in UTC, such as `17 3 * * *`. Choose a time without migrations: they wait until the dump
   * ends.
   */
  readonly schedule: string;
  /**
   * The resources of each step. The steps run one after another, so the pod requests these amounts only once.
   * rclone needs the most memory, about 100 MiB for a dump of any size. CPU is used for compression: with
   * less, a run takes longer.
   */
  readonly resources: Resources;
  /**
   * The size limit of the dump on the node's disk, and of its encrypted copy. A pod that exceeds it is
   * evicted.
   */
  readonly sizeLimit: string;
  /** A new name creates a second CronJob next to the live one. @default the construct's id */
  readonly name?: string;
  /**
   * The time limit of a backup, over all attempts. A backup that takes longer is stopped and has failed.
   * @default 3600 seconds
   */
  readonly deadlineSeconds?: number;
  /** A PriorityClass of the cluster. @default the cluster's default */
  readonly priorityClass?: string;
}

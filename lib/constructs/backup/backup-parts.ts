import type { SecretKey } from '../parts/environment';
import type { ObjectPatches } from '../parts/patch';
import type { PodPlacement } from '../parts/placement';
import type { Resources } from '../parts/resources';

/** The database that is dumped. */
export interface BackupDatabase {
  /**
   * The host of the Postgres server itself, not of a pooler: pg_dump needs its own session. Neon's pooler
   * hosts are refused.
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
  /**
   * The id of a key with write permission (B2: `writeFiles`). The key needs no permission to list, read or
   * delete objects.
   */
  readonly keyId: SecretKey;
  readonly key: SecretKey;
}

/** The metrics server to which a successful backup is reported. */
export interface BackupMetrics {
  /**
   * The VictoriaMetrics endpoint that imports metrics in the Prometheus text format, such as
   * `https://metrics.example.com/api/v1/import/prometheus`.
   */
  readonly url: string;
  /**
   * The value of the label `cluster` on the metrics. Use the value that the metrics agent sets. @default no
   * such label
   */
  readonly cluster?: string;
  /** The bearer token: only visible ASCII characters, no space, and no line break at the end. */
  readonly token: SecretKey;
}

/** Public images, each `repository:tag@sha256:…`. The tag of `postgres` is the version of pg_dump. */
export interface BackupImages {
  /**
   * An image with a shell and with pg_dump and pg_restore of the server's major version or later, such as
   * `postgres:17-alpine`. The Debian variants have no certificate authorities, so pg_dump could not connect.
   */
  readonly postgres: string;
  /** An image with `age` on the PATH, such as `jauderho/age`. It needs no shell. */
  readonly age: string;
  /** An image with a shell and rclone 1.60 or later, such as `rclone/rclone`. */
  readonly rclone: string;
  /** An image with a shell and curl 7.55 or later, such as `curlimages/curl`. */
  readonly curl: string;
}

/** The inputs of the backup steps. */
export interface BackupParts {
  readonly images: BackupImages;
  readonly database: BackupDatabase;
  /** The minimum size of a plausible dump, in bytes. A smaller dump is not uploaded, and the run fails. */
  readonly minimumBytes: number;
  /** The age public key that encrypts the dumps, `age1…`. */
  readonly publicKey: string;
  readonly bucket: BackupBucket;
  readonly metrics: BackupMetrics;
}

/** The inputs of a backup, its schedule and its limits. */
export interface PostgresBackupProps extends BackupParts, PodPlacement {
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'cronJob' | 'serviceAccount'>;
  /**
   * The cron schedule in UTC, five fields such as `17 3 * * *`. Choose a time without migrations, because a
   * migration waits until the dump ends.
   */
  readonly schedule: string;
  /**
   * The resources of each step. The steps run one after another, so the pod requests these amounts only once.
   * rclone needs the most memory: about 100 MiB for a dump of any size. pg_dump uses CPU to compress the
   * dump, so a run with less CPU takes longer.
   */
  readonly resources: Resources;
  /**
   * The size limit of the dump on the node's disk. The encrypted copy has the same limit. A pod that exceeds
   * a limit is evicted.
   */
  readonly sizeLimit: string;
  /**
   * The name of the CronJob. A changed name creates a second CronJob next to the existing one. @default the
   * construct's id
   */
  readonly name?: string;
  /**
   * The time limit of a backup, including all attempts, in seconds. A backup that takes longer is stopped and
   * fails. @default 3600
   */
  readonly deadlineSeconds?: number;
  /** The name of an existing PriorityClass. @default the cluster's default PriorityClass */
  readonly priorityClass?: string;
}

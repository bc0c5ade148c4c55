import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { EnvironmentValue, SecretKey } from './parts/environment';
import { container } from './parts/pod';
import type { Resources } from './parts/resources';

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

/** Where a success is told. */
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

/** Where steps hand files on, by the volume's name. The dump as it is and the dump encrypted lie apart. */
export const backupDirectories = { plain: '/backup/plain', sealed: '/backup/sealed', tmp: '/tmp' } as const;

const dump = `${backupDirectories.plain}/postgres.dump`;
const sealed = `${backupDirectories.sealed}/postgres.dump.age`;

/**
 * The pod's containers in their order: each begins when the one before has succeeded.
 *
 * @param job what the backup calls itself where it reports
 */
export function backupContainers(job: string, parts: BackupParts, resources: Resources): k8s.Container[] {
  const steps = [
    dumpStep(parts),
    verifyStep(parts),
    encryptStep(parts),
    uploadStep(parts),
    reportStep(job, parts),
  ];
  return steps.map(({ name, image, command, environment = {}, mounts }) => {
    const pod = { image, resources, environment: { ...environment, HOME: backupDirectories.tmp } };
    return container(name, pod, { command, volumeMounts: volumeMounts({ ...mounts, tmp: 'write' }) });
  });
}

interface Step {
  readonly name: string;
  readonly image: string;
  readonly command: string[];
  readonly environment?: Record<string, EnvironmentValue>;
  /** The directories that it sees; what it only reads is mounted read-only. */
  readonly mounts: Mounts;
}

type Mounts = Partial<Record<keyof typeof backupDirectories, 'read' | 'write'>>;

function volumeMounts(mounts: Mounts): k8s.VolumeMount[] {
  return (['plain', 'sealed', 'tmp'] as const)
    .filter((name) => mounts[name] !== undefined)
    .map((name) => ({
      name,
      mountPath: backupDirectories[name],
      ...(mounts[name] === 'read' && { readOnly: true }),
    }));
}

/**
 * One consistent snapshot of the database, in pg_dump's own format.
 *
 * `verify-full`: an answer by anybody but the server that the certificate names ends the dump before the
 * password is sent. No shell: pg_dump's exit code is the container's.
 */
function dumpStep({ images, database }: BackupParts): Step {
  return {
    name: 'dump',
    image: images.postgres,
    command: ['pg_dump', '--format=custom', '--no-password', `--file=${dump}`],
    environment: {
      PGHOST: database.host,
      PGPORT: String(database.port ?? 5432),
      PGDATABASE: database.name,
      PGUSER: database.user,
      PGPASSWORD: database.password,
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/etc/ssl/certs/ca-certificates.crt',
      PGCONNECT_TIMEOUT: '30',
    },
    mounts: { plain: 'write' },
  };
}

/**
 * Reads back what was written. `--list` reads the table of contents, which lies at the front of the file: it
 * finds nothing wrong with one that ends in the middle. Restoring into nowhere reads and unpacks every row.
 */
const verify = `set -eu
size=$(wc -c <${dump})
if [ "$size" -lt "$1" ]; then
  echo "the dump has $size bytes, and fewer than $1 are not plausible: not keeping it" >&2
  exit 1
fi
contents=$(pg_restore --list ${dump})
case $contents in
  *' TABLE DATA '*) ;;
  *)
    echo 'the dump holds no table: not keeping it' >&2
    exit 1
    ;;
esac
pg_restore --file=/dev/null ${dump}
echo "the dump is whole: $size bytes"
`;

function verifyStep({ images, minimumBytes }: BackupParts): Step {
  return {
    name: 'verify',
    image: images.postgres,
    command: ['sh', '-c', verify, 'verify', String(minimumBytes)],
    mounts: { plain: 'read' },
  };
}

/** From here on only the private key's holder can read it, and that key is nowhere in the cluster. */
function encryptStep({ images, publicKey }: BackupParts): Step {
  return {
    name: 'encrypt',
    image: images.age,
    command: ['age', '--encrypt', '--recipient', publicKey, '--output', sealed, dump],
    mounts: { plain: 'read', sealed: 'write' },
  };
}

/**
 * Each object has a name of its own, the second in which its upload began, so none replaces another.
 *
 * A key that can only write is refused what rclone otherwise does: creating the bucket, looking for an object
 * of that name, looking for the new one. With several threads, its way with 256 MiB and more, it looks in any
 * case.
 */
const upload = `set -eu
object="$1/$2-$(date -u +%Y-%m-%dT%H%M%SZ).dump.age"
rclone copyto --config '' --no-check-dest --multi-thread-streams 0 ${sealed} ":s3:$object"
echo "uploaded $object"
`;

function uploadStep({ images, bucket, database }: BackupParts): Step {
  return {
    name: 'upload',
    image: images.rclone,
    command: ['sh', '-c', upload, 'upload', bucket.name, database.name],
    environment: {
      RCLONE_S3_PROVIDER: 'Other',
      RCLONE_S3_ENDPOINT: bucket.endpoint,
      RCLONE_S3_REGION: bucket.region,
      RCLONE_S3_ACCESS_KEY_ID: bucket.keyId,
      RCLONE_S3_SECRET_ACCESS_KEY: bucket.key,
      RCLONE_S3_NO_CHECK_BUCKET: 'true',
      RCLONE_S3_NO_HEAD: 'true',
    },
    mounts: { sealed: 'read' },
  };
}

/**
 * The token reaches curl by its standard input: it is in no argument and no file. Only an answer of 2xx is
 * one of the metrics server; what stands before it answers a token that it doesn't know with a redirect to a
 * login.
 */
const report = `set -eu
case \${PUSH_TOKEN:-} in
  '' | *[![:graph:]]*)
    echo 'PUSH_TOKEN is empty or holds a space or a line break: nobody is told of this backup' >&2
    exit 1
    ;;
esac
metrics="postgres_backup_last_success_timestamp_seconds{$2} $(date +%s)
postgres_backup_size_bytes{$2} $(wc -c <${sealed})
"
status=$(printf 'Authorization: Bearer %s\\n' "$PUSH_TOKEN" |
  curl --silent --show-error --max-time 60 --retry 5 --retry-connrefused --header @- \\
    --header 'Content-Type: text/plain' --data-binary "$metrics" \\
    --output /dev/null --write-out '%{http_code}' "$1")
case $status in
  2??) echo "$metrics" ;;
  *)
    echo "the metrics server answered $status: nobody is told of this backup" >&2
    exit 1
    ;;
esac
`;

function reportStep(job: string, { images, metrics, database }: BackupParts): Step {
  const { cluster } = metrics;
  const labels = { ...(cluster !== undefined && { cluster }), database: database.name, job };
  const selector = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return {
    name: 'report',
    image: images.curl,
    command: ['sh', '-c', report, 'report', metrics.url, selector.join(',')],
    environment: { PUSH_TOKEN: metrics.token },
    mounts: { sealed: 'read' },
  };
}

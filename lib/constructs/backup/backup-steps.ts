import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { EnvironmentValue } from '../parts/environment';
import { podContainer } from '../parts/pod';
import { madeFrom } from '../parts/provenance';
import type { Resources } from '../parts/resources';
import type { BackupImages, BackupParts } from './backup-parts';
import { backupDirectories, dump, report, sealed, upload, verify } from './backup-scripts';

/**
 * The containers of the pod, in order. Each container starts after the previous one has succeeded.
 *
 * @param job the value of the label `job` on the metrics that the backup reports
 */
export function backupContainers(job: string, parts: BackupParts, resources: Resources): k8s.Container[] {
  const steps = [
    dumpStep(parts),
    verifyStep(parts),
    encryptStep(parts),
    uploadStep(parts),
    reportStep(job, parts),
  ];
  return steps.map(({ name, program, part, command, environment = {}, mounts }) => {
    const image = parts.images[program];
    const pod = { image, resources, environment: { ...environment, HOME: backupDirectories.tmp } };
    madeFrom(pod, parts, {
      image: ['images', program],
      resources: ['resources'],
      environment: [part],
      command: [part],
    });
    return podContainer(name, pod, { command, volumeMounts: volumeMounts({ ...mounts, tmp: 'write' }) });
  });
}

interface Step {
  readonly name: string;
  readonly program: keyof BackupImages;
  /** The prop that configures the step. Findings about the step name this prop. */
  readonly part: keyof BackupParts;
  readonly command: string[];
  readonly environment?: Record<string, EnvironmentValue>;
  /** The directories that the step mounts. With `read`, the mount is read-only. */
  readonly mounts: StepMounts;
}

type StepMounts = Partial<Record<keyof typeof backupDirectories, 'read' | 'write'>>;

function volumeMounts(mounts: StepMounts): k8s.VolumeMount[] {
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
 * With `verify-full`, pg_dump fails before it sends the password if the certificate does not name this
 * server. No shell runs pg_dump, so the exit code of the container is that of pg_dump.
 */
function dumpStep({ database }: BackupParts): Step {
  return {
    name: 'dump',
    program: 'postgres',
    part: 'database',
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

function verifyStep({ minimumBytes }: BackupParts): Step {
  return {
    name: 'verify',
    program: 'postgres',
    part: 'minimumBytes',
    command: ['sh', '-c', verify, 'verify', String(minimumBytes)],
    mounts: { plain: 'read' },
  };
}

/** After this step, only the private key decrypts the dump, and that key is not in the cluster. */
function encryptStep({ publicKey }: BackupParts): Step {
  return {
    name: 'encrypt',
    program: 'age',
    part: 'publicKey',
    command: ['age', '--encrypt', '--recipient', publicKey, '--output', sealed, dump],
    mounts: { plain: 'read', sealed: 'write' },
  };
}

function uploadStep({ bucket, database }: BackupParts): Step {
  return {
    name: 'upload',
    program: 'rclone',
    part: 'bucket',
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

function reportStep(job: string, { metrics, database }: BackupParts): Step {
  const { cluster } = metrics;
  const labels = { ...(cluster !== undefined && { cluster }), database: database.name, job };
  const selector = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return {
    name: 'report',
    program: 'curl',
    part: 'metrics',
    command: ['sh', '-c', report, 'report', metrics.url, selector.join(',')],
    environment: { PUSH_TOKEN: metrics.token },
    mounts: { sealed: 'read' },
  };
}

import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { fieldsProblems } from '../fields/field-problems';
import { ConnectableWorkload } from '../parts/connectable-workload';
import { patchObjects } from '../parts/patch';
import { labelProblems, placementFields } from '../parts/placement';
import { podExtras, podTemplate } from '../parts/pod';
import { requiredResources, resourceProblems } from '../parts/resources';
import type { PostgresBackupProps } from './backup-parts';
import { backupProblems } from './backup-problems';
import { backupDirectories } from './backup-scripts';
import { backupContainers } from './backup-steps';

export type { PostgresBackupProps } from './backup-parts';

/**
 * The uid of all steps. It owns no file in the images. It is above 10000, so that no user of the node has the
 * same uid.
 */
const user = 65_532;

/**
 * A CronJob that uploads an encrypted dump of a Postgres database to a bucket, and its ServiceAccount.
 *
 * A run dumps the database, reads the dump back, encrypts it and uploads it. The private key that decrypts
 * the dump is not in the cluster. The run then pushes `postgres_backup_last_success_timestamp_seconds` and
 * `postgres_backup_size_bytes`, with the name of the backup as the label `job`. During a run, the unencrypted
 * dump is on the node's disk. If a step fails, a new pod repeats all steps, at most twice; a run that fails
 * only at the push leaves one more object in the bucket. If all attempts fail, no metric is pushed, and the
 * alert `BackupTooOld` fires. The alert also fires if the CronJob is missing.
 *
 * An attacker with the bucket's key can add and hide objects, but not read or delete them. The bucket's
 * Object Lock and lifecycle rules decide how long objects are kept. docs/restore.md describes a restore.
 */
export class PostgresBackup extends ConnectableWorkload {
  readonly cronJob: k8s.KubeCronJob;

  constructor(scope: Construct, id: string, props: PostgresBackupProps) {
    super(scope, id, props, {
      component: 'backup',
      longestName: 52,
      required: requiredBackupProps,
      problems: () => problems(props),
    });
    this.cronJob = new k8s.KubeCronJob(this, 'cron-job', cronJob(this.party.name, this.labels, props));
    patchObjects(this, props);
  }
}

const secretKeys = ['database.password', 'bucket.keyId', 'bucket.key', 'metrics.token'];

const requiredBackupProps = [
  ...requiredResources,
  ...[
    'schedule',
    'sizeLimit',
    'minimumBytes',
    'publicKey',
    'bucket.name',
    'bucket.endpoint',
    'bucket.region',
  ],
  ...['images.postgres', 'images.age', 'images.rclone', 'images.curl', 'metrics.url'],
  ...secretKeys.flatMap((path) => [`${path}.secret.name`, `${path}.key`]),
];

function cronJob(
  name: string,
  labels: Record<string, string>,
  props: PostgresBackupProps,
): k8s.KubeCronJobProps {
  return {
    metadata: { name, labels },
    spec: {
      schedule: props.schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      // After an outage of the control plane, a missed run starts up to one hour late. A later start could
      // fall into the daytime.
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: props.deadlineSeconds ?? 3600,
          // The next attempt starts only after the previous pod has terminated, not when its deletion starts.
          podReplacementPolicy: 'Failed',
          template: template(name, labels, props),
        },
      },
    },
  };
}

function template(
  name: string,
  labels: Record<string, string>,
  props: PostgresBackupProps,
): k8s.PodTemplateSpec {
  const { plain, sealed, tmp } = backupDirectories;
  const scratch = {
    plain: { directory: plain, sizeLimit: props.sizeLimit },
    sealed: { directory: sealed, sizeLimit: props.sizeLimit },
    tmp: { directory: tmp, sizeLimit: '16Mi' },
  };
  const pod = {
    image: props.images.curl,
    resources: props.resources,
    user,
    scratch,
    ...(props.priorityClass !== undefined && { priorityClass: props.priorityClass }),
    ...podExtras(props),
  };
  const containers = backupContainers(name, props, props.resources);
  return podTemplate(name, labels, pod, containers.slice(-1), {
    initContainers: containers.slice(0, -1),
    restartPolicy: 'Never',
  });
}

function problems(props: PostgresBackupProps) {
  return [
    ...resourceProblems(props.resources),
    ...backupProblems(props),
    ...fieldsProblems(placementFields, props),
    ...labelProblems(props),
  ];
}

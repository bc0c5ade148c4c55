import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { fieldsProblems } from '../fields/field-problems';
import { addAccount } from '../parts/account';
import {
  type Connectable,
  type Connection,
  type Destination,
  type Party,
  partyOf,
} from '../parts/connections';
import { labelsOf, nameProblem } from '../parts/identity';
import { patchObjects } from '../parts/patch';
import { labelProblems, placementFields } from '../parts/placement';
import { podExtras, podTemplate } from '../parts/pod';
import { resourceProblems } from '../parts/resources';
import { refuse } from '../props-error';
import type { PostgresBackupProps } from './backup-parts';
import { backupProblems } from './backup-problems';
import { backupDirectories } from './backup-scripts';
import { backupContainers } from './backup-steps';

export type { PostgresBackupProps } from './backup-parts';

/** Owns nothing in any of the images; above 10000, so that it is nobody on the node either. */
const user = 65_532;

/**
 * A CronJob that puts an encrypted dump of a Postgres database into a bucket, and its ServiceAccount.
 *
 * It dumps, reads the dump back, encrypts it for a key whose private half is elsewhere, uploads it, and then
 * pushes `postgres_backup_last_success_timestamp_seconds` and `postgres_backup_size_bytes`, with its name as the
 * label `job`. While it runs,
 * its node's disk holds the dump in the clear. A step that fails ends the pod, which is tried twice more from
 * the start: after a push that failed there is another object. In the end nothing is pushed, so the alert
 * `BackupTooOld` is on silence: that covers a CronJob that is gone, too.
 *
 * Whoever takes the bucket's key out of the cluster can add objects and hide what is there, and neither read
 * nor delete. The bucket's Object Lock and lifecycle decide what stays; docs/restore.md is the way back.
 */
export class PostgresBackup extends Construct implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];
  readonly cronJob: k8s.KubeCronJob;
  readonly serviceAccount: k8s.KubeServiceAccount;

  constructor(scope: Construct, id: string, props: PostgresBackupProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, [
      nameProblem(name, 52),
      ...resourceProblems(props.resources),
      ...backupProblems(props),
      ...fieldsProblems(placementFields, props),
      ...labelProblems(props),
    ]);
    this.party = partyOf(name);
    const labels = labelsOf(this, name, 'backup', props);
    this.serviceAccount = addAccount(this, name, labels);
    this.cronJob = new k8s.KubeCronJob(this, 'cron-job', cronJob(name, labels, props));
    patchObjects(this, props);
  }

  /** Lets the pods open connections to it. Takes effect by the NetworkPolicies that are given this workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

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
      // A night that the control plane slept through is made up for, unless it is nearly day.
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: props.deadlineSeconds ?? 3600,
          // The next attempt waits until the last pod is gone, and not only until it was told to go.
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

import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { attempts, jobSchedule, seconds, timeZone } from '../kubernetes/value-rule';
import { type FieldsOf, numberField, optional, required, textField } from './fields/field';
import { fieldsProblems } from './fields/field-problems';
import { accountAnnotations } from './parts/account';
import { ConnectableWorkload } from './parts/connectable-workload';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, podTemplate, requiredPodProps } from './parts/pod';
import { madeFrom } from './parts/provenance';

/** When a job runs, and how often it is retried. */
export interface JobSchedule {
  /** Five fields (minute, hour, day, month, weekday) such as `17 3 * * *`. */
  readonly schedule: string;
  /** The time zone of the schedule, such as `Europe/Berlin`. @default `Etc/UTC` */
  readonly timeZone?: string;
  /** How long a run may take, over all attempts. A run that takes longer is stopped and has failed. @default 3600 seconds */
  readonly deadlineSeconds?: number;
  /** The number of attempts before a run has failed. @default 3 */
  readonly attempts?: number;
}

export const jobScheduleFields: FieldsOf<JobSchedule> = {
  schedule: required(textField(jobSchedule)),
  timeZone: optional(textField(timeZone)),
  deadlineSeconds: optional(numberField(seconds(1))),
  attempts: optional(numberField(attempts)),
};

export interface CronJobProps extends PodProps, JobSchedule {
  /**
   * A new name creates a second CronJob next to the live one. At most 52 characters. @default the construct's
   * id
   */
  readonly name?: string;
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'cronJob' | 'serviceAccount'>;
}

/**
 * A program that runs on a schedule and ends: CronJob and ServiceAccount.
 *
 * A run that is due while the last one still runs is skipped. A run that was missed because the control plane was down starts up to ten
 * minutes late, or not at all. Kubernetes may start a run twice: running it again must be harmless.
 */
export class CronJob extends ConnectableWorkload {
  readonly cronJob: k8s.KubeCronJob;

  constructor(scope: Construct, id: string, props: CronJobProps) {
    super(scope, id, props, {
      component: 'job',
      longestName,
      required: [...requiredPodProps, 'schedule'],
      problems: () => [...podProblems(props), ...fieldsProblems(jobScheduleFields, props)],
    });
    const { name } = this.party;
    this.cronJob = new k8s.KubeCronJob(this, 'cron-job', cronJobProps(name, this.labels, props));
    patchObjects(this, props);
  }
}

/** The controller adds eleven characters for the name of each Job. */
const longestName = 52;

function cronJobProps(
  name: string,
  labels: Record<string, string>,
  props: CronJobProps,
): k8s.KubeCronJobProps {
  const template = podTemplate(name, labels, props, [podContainer(name, props, {})], {
    restartPolicy: 'Never',
  });
  return {
    metadata: { name, labels, ...accountAnnotations(props) },
    spec: madeFrom(
      {
        schedule: props.schedule,
        timeZone: props.timeZone ?? 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels },
          spec: madeFrom(
            {
              backoffLimit: (props.attempts ?? 3) - 1,
              activeDeadlineSeconds: props.deadlineSeconds ?? 3600,
              // After a drain the next attempt waits until the last pod is gone.
              podReplacementPolicy: 'Failed',
              template,
            },
            props,
            { backoffLimit: ['attempts'], activeDeadlineSeconds: ['deadlineSeconds'] },
          ),
        },
      },
      props,
      { schedule: ['schedule'], timeZone: ['timeZone'] },
    ),
  };
}

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
  /** The cron schedule, five fields (minute, hour, day, month, weekday) such as `17 3 * * *`. */
  readonly schedule: string;
  /** The time zone of the schedule, such as `Europe/Berlin`. @default `Etc/UTC` */
  readonly timeZone?: string;
  /**
   * The time limit of a run, including all attempts, in seconds. A run that takes longer is stopped and
   * fails. @default 3600
   */
  readonly deadlineSeconds?: number;
  /** The maximum number of attempts of a run. @default 3 */
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
   * The name of the CronJob, at most 52 characters. A changed name creates a second CronJob next to the
   * existing one. @default the construct's id
   */
  readonly name?: string;
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'cronJob' | 'serviceAccount'>;
}

/**
 * A program that runs on a schedule: CronJob and ServiceAccount.
 *
 * A run that is due while the previous run is active is skipped. After an outage of the control plane, a
 * missed run starts up to ten minutes late, or not at all. Kubernetes may start a run twice, so the program
 * must be safe to run again.
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

/** The CronJob controller appends eleven characters to this name for each Job. */
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
              // After a drain, the next attempt starts only after the previous pod has terminated.
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

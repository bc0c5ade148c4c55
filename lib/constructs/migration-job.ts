import { createHash } from 'node:crypto';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { attempts, seconds, wholeNumber } from '../kubernetes/value-rule';
import { tokenAcknowledgement } from './parts/account';
import { ConnectableWorkload } from './parts/connectable-workload';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, podTemplate, requiredPodProps } from './parts/pod';
import { ruleProblem } from './props-error';

export interface MigrationJobProps extends PodProps {
  /** The program and its arguments. The program must be safe to run again on a migrated database. */
  readonly command: readonly string[];
  /** The first part of the Job's name, which a hash follows. @default the construct's id */
  readonly name?: string;
  /**
   * The time limit of the Job, including all attempts, in seconds. A Job that takes longer is stopped and
   * fails. @default 900
   */
  readonly deadlineSeconds?: number;
  /** The maximum number of attempts of the Job. @default 3 */
  readonly attempts?: number;
  /** The time after which a finished Job and its log are deleted, in seconds. @default one day */
  readonly keepSeconds?: number;
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'job' | 'serviceAccount'>;
}

/**
 * A Job that migrates the database's schema before new code starts, and its ServiceAccount.
 *
 * The template of a Job is immutable, so the name of the Job contains a hash of the template: a changed
 * template creates a new Job, and an unchanged template is applied to the existing Job. Kubernetes has no
 * order between objects: wait for the Job before you apply workloads that need the new schema. A finished Job
 * is deleted after a day, and the next apply creates the Job again, so the program must be safe to run again.
 */
export class MigrationJob extends ConnectableWorkload {
  readonly job: k8s.KubeJob;

  constructor(scope: Construct, id: string, props: MigrationJobProps) {
    super(scope, id, props, {
      component: 'migration',
      longestName,
      required: [...requiredPodProps, 'command'],
      problems: () => problems(props),
    });
    this.job = new k8s.KubeJob(this, 'job', job(this.party.name, this.labels, props));
    patchObjects(this, props);
  }
}

function job(name: string, labels: Record<string, string>, props: MigrationJobProps): k8s.KubeJobProps {
  const main = podContainer(name, props, {});
  const { metadata, spec } = podTemplate(name, labels, props, [main], { restartPolicy: 'Never' });
  // The template has no checksum annotations, because a changed ConfigMap must not start another migration.
  const { annotations } = props;
  const marks = { labels: metadata?.labels ?? {}, ...(annotations !== undefined && { annotations }) };
  const template = { metadata: marks, ...(spec !== undefined && { spec }) };
  return {
    metadata: {
      name: `${name}-${hash(props.patch?.job === undefined ? template : [template, props.patch.job])}`,
      labels,
      annotations: {
        ...tokenAcknowledgement(props),
        'kubernetes.io/description':
          'This Job must complete before new code is applied. The program must be safe to run again: after the finished Job is deleted, the next apply creates it again.',
      },
    },
    spec: {
      backoffLimit: (props.attempts ?? 3) - 1,
      activeDeadlineSeconds: props.deadlineSeconds ?? 900,
      // After a drain, the next attempt starts only after the previous pod has terminated: two migrations at
      // the same time could break the schema.
      podReplacementPolicy: 'Failed',
      ttlSecondsAfterFinished: props.keepSeconds ?? 86_400,
      template,
    },
  };
}

const hashLength = 10;

/** A hyphen and the hash follow this name in the name of the Job. */
const longestName = 63 - hashLength - 1;

const keepSeconds = wholeNumber(0, 30 * 86_400, ' seconds');

/** @param template the Job's template, or a pair of the template and its patch */
function hash(template: object): string {
  const text = JSON.stringify(template, (_, value: unknown) => sortKeys(value));
  return createHash('sha256').update(text).digest('hex').slice(0, hashLength);
}

/** Sorts keys, so that their order has no effect on the hash. */
function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function problems(props: MigrationJobProps) {
  const noCommand = {
    path: ['command'],
    message: 'is empty; set it to the program that migrates the database',
  };
  return [
    ...podProblems(props),
    ruleProblem(['deadlineSeconds'], props.deadlineSeconds, seconds(1)),
    ruleProblem(['attempts'], props.attempts, attempts),
    ruleProblem(['keepSeconds'], props.keepSeconds, keepSeconds),
    props.command.length === 0 || props.command[0] === '' ? noCommand : undefined,
  ];
}

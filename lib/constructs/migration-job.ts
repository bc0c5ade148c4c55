import { createHash } from 'node:crypto';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { attempts, seconds, wholeNumber } from '../kubernetes/value-rule';
import { addAccount, tokenAcknowledgement } from './parts/account';
import {
  type Connectable,
  type Connection,
  type Destination,
  type Party,
  partyOf,
} from './parts/connections';
import { labelsOf, nameProblem } from './parts/identity';
import { type ObjectPatches, patchObjects } from './parts/patch';

import { type PodProps, podContainer, podProblems, podTemplate } from './parts/pod';
import { refuse, ruleProblem } from './props-error';

export interface MigrationJobProps extends PodProps {
  /** Program and arguments. Running them again on a migrated database must be harmless. */
  readonly command: readonly string[];
  /** The first part of the Job's name; a hash follows. @default the construct's id */
  readonly name?: string;
  /** After so long, over all attempts, the Job has failed. @default 900 seconds */
  readonly deadlineSeconds?: number;
  /** How often it is tried before it has failed. @default 3 */
  readonly attempts?: number;
  /** How long a finished Job and its log stay. @default one day */
  readonly keepSeconds?: number;
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<'job' | 'serviceAccount'>;
}

/**
 * A Job that brings the database's schema up to date before new code starts, and its ServiceAccount.
 *
 * A Job's template can't be changed, so the Job is named after a hash of it: whatever changes makes a new Job,
 * and what does not change applies over the old one. Kubernetes has no such order: an apply waits for the
 * Job before anything that needs the new schema. A finished Job is removed after a day, and the next apply then
 * makes it again: running it again must be harmless.
 */
export class MigrationJob extends Construct implements Connectable {
  readonly party: Party;
  readonly connections: Connection[] = [];
  readonly job: k8s.KubeJob;
  readonly serviceAccount: k8s.KubeServiceAccount;

  constructor(scope: Construct, id: string, props: MigrationJobProps) {
    super(scope, id);
    const name = props.name ?? id;
    const noCommand = { path: ['command'], message: 'is empty; name the program that migrates' };
    refuse(this, props, [
      nameProblem(name, 63 - hashLength - 1),
      ...podProblems(props),
      ruleProblem(['deadlineSeconds'], props.deadlineSeconds, seconds(1)),
      ruleProblem(['attempts'], props.attempts, attempts),
      ruleProblem(['keepSeconds'], props.keepSeconds, keepSeconds),
      props.command.length === 0 || props.command[0] === '' ? noCommand : undefined,
    ]);
    this.party = partyOf(name);
    const labels = labelsOf(this, name, 'migration', props);
    this.serviceAccount = addAccount(this, name, labels, props);
    this.job = new k8s.KubeJob(this, 'job', job(name, labels, props));
    patchObjects(this, props);
  }

  /** Lets the pods open connections to it. Takes effect by the NetworkPolicies that are given this workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

function job(name: string, labels: Record<string, string>, props: MigrationJobProps): k8s.KubeJobProps {
  const main = podContainer(name, props, {});
  const { metadata, spec } = podTemplate(name, labels, props, [main], { restartPolicy: 'Never' });
  // No checksums here: they restart pods, and a changed ConfigMap is no reason to migrate again.
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
          'Applied before new code, and waited for. Running it again must be harmless: once it is cleaned up, the next apply makes it again.',
      },
    },
    spec: {
      backoffLimit: (props.attempts ?? 3) - 1,
      activeDeadlineSeconds: props.deadlineSeconds ?? 900,
      // After a drain the next attempt waits until the last pod is gone: two migrations at once could break the schema.
      podReplacementPolicy: 'Failed',
      ttlSecondsAfterFinished: props.keepSeconds ?? 86_400,
      template,
    },
  };
}

const hashLength = 10;

/** Up to a month. */
const keepSeconds = wholeNumber(0, 30 * 86_400, ' seconds');

/** @param template the Job's template, with its patch where there is one */
function hash(template: object): string {
  const text = JSON.stringify(template, (_, value: unknown) => sortKeys(value));
  return createHash('sha256').update(text).digest('hex').slice(0, hashLength);
}

/** The same content in another order of keys is the same template. */
function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

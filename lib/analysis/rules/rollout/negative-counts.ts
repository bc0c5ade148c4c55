import type { KubernetesObject } from '../../../documents/kubernetes';
import { valueAt } from '../../../kubernetes/path';
import { knownKind } from '../../../kubernetes/schema/kubernetes-schema';
import { everyObject } from '../parts';
import { rule } from '../rule';

const job = [
  'parallelism',
  'completions',
  'backoffLimit',
  'activeDeadlineSeconds',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];

/** Fields that hold a count, by kind. */
const fields: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'],
  ReplicaSet: ['replicas', 'minReadySeconds'],
  StatefulSet: [
    'replicas',
    'minReadySeconds',
    'revisionHistoryLimit',
    'ordinals.start',
    'updateStrategy.rollingUpdate.partition',
  ],
  DaemonSet: ['minReadySeconds', 'revisionHistoryLimit'],
  Job: job,
  CronJob: [
    'startingDeadlineSeconds',
    'successfulJobsHistoryLimit',
    'failedJobsHistoryLimit',
    ...job.map((field) => `jobTemplate.spec.${field}`),
  ],
};

export const negativeCounts = rule({
  id: 'negative-counts',
  sentence: 'Counts of a workload, such as replicas, are not negative.',
  why: 'The API server refuses the workload.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write 0 or more.',
  parts: { ...everyObject, kinds: Object.keys(fields) },
  faults: (object: KubernetesObject) =>
    fields[knownKind(object) ?? '']?.map((field) => {
      const count = valueAt(object, `spec.${field}`);
      return typeof count === 'number' && count < 0 && { path: `spec.${field}`, must: 'be at least 0' };
    }),
});

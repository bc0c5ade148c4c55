import type { Facts } from '../checks/facts';
import { nodeTypes } from '../config/node-types';
import type { Workload } from '../config/workloads';
import type { Model } from '../model/model';

/** What the rules know of a deployment beside its documents. */
export function factsOf({ nodes, secrets }: Model): Facts {
  return {
    nodes: Object.entries(nodes).flatMap(([name, { type, labels = {} }]) => {
      const capacity = nodeTypes[type];
      return capacity === undefined ? [] : [{ name, labels, cpu: capacity.vcpu, memory: capacity.memory }];
    }),
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, { keys }]) => [name, Object.keys(keys)])),
  };
}

/** The kinds that the documents of a deployment must have: a rule about one that looks at nothing is broken. */
export function expectedKinds({ workloads }: Model): string[] {
  const all = workloads.map(([, workload]) => workload);
  const some = (kinds: string[], meets: (workload: Workload) => boolean) => (all.some(meets) ? kinds : []);
  return [
    'Namespace',
    'ConfigMap',
    'LimitRange',
    'PriorityClass',
    'ResourceQuota',
    ...some(['Deployment'], ({ kind }) => kind !== 'MigrationJob' && kind !== 'PostgresBackup'),
    ...some(['PodDisruptionBudget'], ({ kind }) => kind === 'WebService' || kind === 'SingletonWorker'),
    ...some(['CronJob'], ({ kind }) => kind === 'PostgresBackup'),
    ...some(['Service', 'NetworkPolicy'], ({ kind }) => kind === 'WebService' || kind === 'Redis'),
    ...some(['PersistentVolumeClaim'], ({ kind }) => kind === 'Redis'),
    ...some(['Job'], ({ kind }) => kind === 'MigrationJob'),
    ...some(['Ingress'], (workload) => workload.kind === 'WebService' && (workload.hosts ?? []).length > 0),
    ...some(
      ['HorizontalPodAutoscaler'],
      (workload) => workload.kind === 'WebService' && workload.autoscaling?.enabled === true,
    ),
  ];
}

import type { Facts } from '../../kubernetes/facts';
import { Manifests } from '../../kubernetes/manifests';
import { clusterReleaseOf } from '../../kubernetes/release/k3s-release';
import { podAmount } from '../../kubernetes/scheduling/requests';
import { clusterNodes } from '../config/cluster-nodes';
import type { Workload } from '../config/schema/workloads';
import { k3sSystem } from '../model/k3s-system';
import type { Model } from '../model/model';

/**
 * What k3s' own pods request of a node that has all of them, as its manifests have it: CoreDNS and metrics-server 100m
 * and 70Mi each. Those of local-path-provisioner and the values of Traefik request nothing.
 */
function requestedBySystem(resource: 'cpu' | 'memory'): number {
  const manifests = new Manifests(k3sSystem);
  return manifests.pods.all.reduce((sum, pod) => sum + podAmount(pod, manifests, resource), 0);
}

/** Paths of which the book says that they answer wrongly, by the workload's name. */
const wrongProbePaths = { admin: { '/admin/': 'answers 404, and got the pod killed (chapter 19)' } };

/** The slowest starts that the book has seen, in seconds. */
const startSeconds = { api: 240 }; // chapter 7, api: 240 s from the days of migrations at the start

/** What the rules know of a deployment beside its documents. */
export function factsOf({ nodes, cluster, secrets, k3s }: Model): Facts {
  const system = { cpu: requestedBySystem('cpu'), memory: requestedBySystem('memory') };
  return {
    release: clusterReleaseOf(k3s),
    nodes: clusterNodes({ nodes, cluster }).map((node) => ({
      ...node,
      reserved: {
        cpu: (node.reserved?.cpu ?? 0) + system.cpu,
        memory: (node.reserved?.memory ?? 0) + system.memory,
      },
    })),
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, { keys }]) => [name, Object.keys(keys)])),
    wrongProbePaths,
    startSeconds,
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

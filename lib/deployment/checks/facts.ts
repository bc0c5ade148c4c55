import type { Facts } from '../../kubernetes/facts';
import { Manifests } from '../../kubernetes/manifests';
import { clusterReleaseOf } from '../../kubernetes/release/k3s-release';
import { podAmount } from '../../kubernetes/scheduling/requests';
import { issuedSecret } from '../charts/other-ingress';
import { clusterNodes } from '../config/cluster-nodes';
import type { Workload } from '../config/schema/workloads';
import { k3sSystem } from '../model/k3s-system';
import type { Model } from '../model/model';

/**
 * The requests of the pods that k3s installs, if one node runs all of them. Source: the manifests of k3s.
 * CoreDNS and metrics-server request 100m and 70Mi each; local-path-provisioner and Traefik request nothing.
 */
function requestedBySystem(resource: 'cpu' | 'memory'): number {
  const manifests = new Manifests(k3sSystem);
  return manifests.pods.all.reduce((sum, pod) => sum + podAmount(pod, manifests, resource), 0);
}

/** Probe paths that return a wrong status according to the deployment book, by workload. */
const wrongProbePaths = { admin: { '/admin/': 'answers 404, so the kubelet killed the pod (book 19)' } };

/** The slowest measured starts in the deployment book, in seconds. */
const startSeconds = { api: 240 }; // book 7, api: 240 s, measured when migrations ran at the start

/** The facts that the rules use in addition to the manifests. */
export function factsOf({ nodes, cluster, secrets, workloads, k3s }: Model): Facts {
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
    secrets: {
      ...Object.fromEntries(Object.entries(secrets).map(([name, { keys }]) => [name, Object.keys(keys)])),
      ...Object.fromEntries(workloads.flatMap(([name, workload]) => issued(name, workload))),
    },
    wrongProbePaths,
    startSeconds,
  };
}

/** The Secret that cert-manager creates for the certificate of a workload. */
function issued(name: string, workload: Workload): [string, string[]][] {
  const isIssued = workload.kind === 'WebService' && workload.ingress?.tls.clusterIssuer !== undefined;
  return isIssued ? [[issuedSecret(name), ['tls.crt', 'tls.key']]] : [];
}

/** Kinds of workload whose pods don't belong to a Deployment. */
const otherControllers: ReadonlySet<string> = new Set<Workload['kind']>([
  'StatefulService',
  'CronJob',
  'MigrationJob',
  'PostgresBackup',
]);

/**
 * The Kubernetes kinds that every deployment contains. A rule for one of these kinds that finds no object is
 * broken.
 */
export function expectedKinds({ workloads }: Model): string[] {
  const all = workloads.map(([, workload]) => workload);
  const some = (kinds: string[], meets: (workload: Workload) => boolean) => (all.some(meets) ? kinds : []);
  return [
    'Namespace',
    'ConfigMap',
    'LimitRange',
    'PriorityClass',
    'ResourceQuota',
    ...some(['Deployment'], ({ kind }) => !otherControllers.has(kind)),
    ...some(['StatefulSet'], ({ kind }) => kind === 'StatefulService'),
    ...some(['PodDisruptionBudget'], ({ kind }) =>
      ['WebService', 'StatefulService', 'Worker', 'SingletonWorker'].includes(kind),
    ),
    ...some(['CronJob'], ({ kind }) => kind === 'PostgresBackup' || kind === 'CronJob'),
    ...some(['Service', 'NetworkPolicy'], ({ kind }) =>
      ['WebService', 'StatefulService', 'Redis'].includes(kind),
    ),
    ...some(['PersistentVolumeClaim'], ({ kind }) => kind === 'Redis'),
    ...some(['Job'], ({ kind }) => kind === 'MigrationJob'),
    ...some(['Ingress'], (workload) => workload.kind === 'WebService' && (workload.hosts ?? []).length > 0),
    ...some(
      ['HorizontalPodAutoscaler'],
      (workload) => 'autoscaling' in workload && workload.autoscaling?.enabled === true,
    ),
  ];
}

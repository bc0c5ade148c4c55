import { X509Certificate } from 'node:crypto';
import { Drill } from '../../analysis/drill/drill';
import type { DrillFacts } from '../../analysis/drill/facts';
import type { FailureOutcome } from '../../analysis/drill/outcome';
import type { KubernetesObject } from '../../documents/kubernetes';
import { describeObject } from '../../kubernetes/objects/object-key';
import { type SecretContract, undescribedObjects } from '../adopt/cluster/survey/undescribed';
import type { ClusterConnection } from '../cluster/connection';
import { fieldManager } from '../cluster/field-owners';
import type { LiveObject } from '../cluster/live-object';
import { listNamespace } from '../cluster/namespace-objects';
import { availabilityOf } from '../deploy/availability';
import { failureReasons } from '../deploy/failure-reason';
import type { LiveWorkload } from '../deploy/live-pod';
import { maskOrBlind } from '../deploy/mask';
import { isAwaitedKind, WorkloadWatch } from '../deploy/workload-watch';
import type { DeploymentPlan } from '../plan/plan';
import type { RevisionRecord } from '../revisions/revision';

/** The state of a deployment in the cluster, compared with its manifests. */
export interface DeploymentStatus {
  readonly workloads: readonly WorkloadStatus[];
  readonly nodes: readonly NodeStatus[];
  readonly certificates: readonly CertificateStatus[];
  readonly backups: readonly BackupStatus[];
  /** Objects that a deployment would change. */
  readonly differing: readonly string[];
  /** Live objects of the namespace that no manifest describes, and that no controller made. */
  readonly unknown: readonly string[];
  /** The kinds of objects that can't be listed, each with the reason. */
  readonly unread: readonly string[];
  /** The latest first. */
  readonly revisions: readonly RevisionRecord[];
  /** The remaining guarantees while nodes are not ready; undefined if all nodes are ready. */
  readonly degraded: DegradedStatus | undefined;
}

export interface WorkloadStatus {
  readonly object: string;
  /** Such as `2 of 3 available`. */
  readonly progress: string;
  readonly isAvailable: boolean;
  readonly images: readonly string[];
  readonly restarts: number;
  /** When the newest pod was created; empty without a pod. */
  readonly since: string;
  readonly nodes: readonly string[];
  readonly reasons: readonly string[];
}

export interface NodeStatus {
  readonly name: string;
  readonly isReady: boolean;
  readonly isCordoned: boolean;
  readonly version: string;
  /** When the node last changed between ready and not ready. */
  readonly since: string;
}

export interface CertificateStatus {
  readonly secret: string;
  /** Why the certificate can't be read; empty if it was read. */
  readonly problem: string;
  readonly days: number;
}

export interface BackupStatus {
  readonly object: string;
  readonly lastSuccess: string;
}

export interface DegradedStatus {
  readonly away: readonly string[];
  /** The guarantees that each workload still has, for any placement by the scheduler. */
  readonly now: readonly FailureOutcome[];
  /** The guarantees that remain if one more node is lost. */
  readonly next: readonly FailureOutcome[];
}

/** What the configuration says in addition to the manifests. */
export interface StatusFacts extends SecretContract {
  readonly facts: DrillFacts;
}

/** Reads the state of a deployment. Nothing is changed. */
export async function readStatus(
  cluster: ClusterConnection,
  plan: DeploymentPlan,
  { facts, ...contract }: StatusFacts,
  now = new Date(),
): Promise<DeploymentStatus> {
  const objects = plan.desired.documents.map(({ object }) => object);
  const nodes = await readNodes(cluster);
  const live = await listNamespace(cluster.client, plan.desired.name);
  const away = nodes.filter(({ isReady }) => !isReady).map(({ name }) => name);
  return {
    workloads: await readWorkloads(cluster, objects),
    nodes,
    certificates: await readCertificates(cluster, objects, now),
    backups: await readBackups(cluster, objects),
    differing: plan.objects
      .filter(({ action }) => action !== 'keep' && action !== 'skip')
      .map(({ name }) => name),
    unknown: undescribedObjects(live.objects, objects, contract).map(({ name, writtenBy }) =>
      writtenBy?.name === fieldManager ? `${name}, from an earlier revision` : name,
    ),
    unread: live.unread,
    revisions: plan.revisions.map(({ documents: _, resourceVersion: __, ...record }) => record),
    degraded: away.length === 0 ? undefined : degradedStatus(objects, facts, away),
  };
}

async function readNodes({ client }: ClusterConnection): Promise<NodeStatus[]> {
  const { items } = await client.write<{ items: LiveObject[] }>('GET', '/api/v1/nodes');
  return items
    .map(({ metadata, spec, status }) => {
      const { conditions = [], nodeInfo } = (status ?? {}) as {
        conditions?: { type: string; status: string; lastTransitionTime?: string }[];
        nodeInfo?: { kubeletVersion?: string };
      };
      const ready = conditions.find(({ type }) => type === 'Ready');
      return {
        name: metadata.name,
        isReady: ready?.status === 'True',
        isCordoned: (spec as { unschedulable?: boolean } | undefined)?.unschedulable === true,
        version: nodeInfo?.kubeletVersion ?? '',
        since: ready?.lastTransitionTime ?? '',
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readWorkloads(
  { client }: ClusterConnection,
  objects: readonly KubernetesObject[],
): Promise<WorkloadStatus[]> {
  const own = objects.filter(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind));
  const namespaces = [...new Set(own.map(({ metadata }) => metadata.namespace ?? 'default'))];
  const watch = await WorkloadWatch.start(client, namespaces);
  const mask = await maskOrBlind(client, namespaces);
  try {
    return own.map((object) => {
      const { kind, metadata } = object;
      const name = describeObject(object);
      const observed = isAwaitedKind(kind)
        ? watch.read(kind, metadata.namespace ?? 'default', metadata.name)
        : undefined;
      if (observed === undefined)
        return {
          object: name,
          progress: 'is not in the cluster',
          isAvailable: false,
          images: [],
          restarts: 0,
          since: '',
          nodes: [],
          reasons: [],
        };
      const { isDone, progress } = availabilityOf(kind, observed.workload);
      const { pods } = observed;
      const statuses = pods.flatMap(({ status }) => status?.containerStatuses ?? []);
      return {
        object: name,
        progress,
        isAvailable: isDone,
        images: imagesOf(observed.workload),
        restarts: statuses.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0),
        since:
          pods
            .map(({ metadata: { creationTimestamp } }) => creationTimestamp)
            .sort()
            .at(-1) ?? '',
        nodes: [...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))].sort(),
        reasons: isDone ? [] : failureReasons(observed).map(({ text }) => mask.hide(text)),
      };
    });
  } finally {
    watch.close();
  }
}

function imagesOf({ spec }: LiveWorkload): string[] {
  const { template } = spec as { template?: { spec?: { containers?: { image?: string }[] } } };
  return (template?.spec?.containers ?? []).flatMap(({ image }) => image ?? []);
}

/** The certificates of the Secrets that Ingresses use, with the days until they expire. */
async function readCertificates(
  { client }: ClusterConnection,
  objects: readonly KubernetesObject[],
  now: Date,
): Promise<CertificateStatus[]> {
  const names = objects.flatMap(({ kind, metadata, spec }) => {
    const { tls = [] } = (spec ?? {}) as { tls?: { secretName?: string }[] };
    if (kind !== 'Ingress' || !Array.isArray(tls)) return [];
    return tls.flatMap(({ secretName }) =>
      secretName === undefined ? [] : `${metadata.namespace}/${secretName}`,
    );
  });
  const found: CertificateStatus[] = [];
  for (const secret of [...new Set(names)].sort()) {
    const [namespace, name] = secret.split('/');
    const live = await client.get<{ data?: Record<string, string> }>(
      `/api/v1/namespaces/${namespace}/secrets/${name}`,
    );
    found.push({ secret, ...certificateState(live?.data?.['tls.crt'], now) });
  }
  return found;
}

function certificateState(text: string | undefined, now: Date): Omit<CertificateStatus, 'secret'> {
  if (text === undefined) return { problem: 'the Secret has no tls.crt', days: 0 };
  try {
    const { validTo } = new X509Certificate(Buffer.from(text, 'base64'));
    return { problem: '', days: Math.floor((Date.parse(validTo) - now.getTime()) / 86_400_000) };
  } catch {
    return { problem: 'tls.crt of the Secret is not a certificate', days: 0 };
  }
}

async function readBackups(
  { client, paths }: ClusterConnection,
  objects: readonly KubernetesObject[],
): Promise<BackupStatus[]> {
  const found: BackupStatus[] = [];
  for (const object of objects.filter(({ kind }) => kind === 'CronJob')) {
    const path = await paths.of(object);
    const live = path === undefined ? undefined : await client.get<LiveObject>(path);
    const { lastSuccessfulTime = '' } = (live?.['status'] ?? {}) as { lastSuccessfulTime?: string };
    found.push({ object: describeObject(object), lastSuccess: lastSuccessfulTime });
  }
  return found;
}

/** The guarantees without the nodes that are not ready, now and after the loss of one more node, from the drill. */
function degradedStatus(
  objects: readonly KubernetesObject[],
  facts: DrillFacts,
  away: readonly string[],
): DegradedStatus {
  const isAway = ({ name, labels }: NonNullable<DrillFacts['nodes']>[number]) =>
    away.includes(labels['kubernetes.io/hostname'] ?? name);
  const whole = Drill.of(objects, facts);
  const left = Drill.of(objects, { ...facts, nodes: (facts.nodes ?? []).filter((node) => !isAway(node)) });
  const lost = { id: 'node-lost', kind: 'node-lost', title: 'a node is lost' } as const;
  return { away, now: whole.play(lost), next: left.play(lost) };
}

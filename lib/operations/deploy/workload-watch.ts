import type { ClusterClient } from '../cluster/client';
import { LiveList } from '../cluster/live-list';
import type { ObservedWorkload } from './failure-reason';
import type { LiveEvent, LivePod, LiveWorkload, OwnedObject } from './live-pod';

/** Kinds whose objects become available some time after an apply, and their API paths. */
const lists = {
  Deployment: 'apis/apps/v1',
  StatefulSet: 'apis/apps/v1',
  DaemonSet: 'apis/apps/v1',
  Job: 'apis/batch/v1',
  PersistentVolumeClaim: 'api/v1',
} as const;

export type AwaitedKind = keyof typeof lists;

/** Whether a deployment waits for objects of this kind. */
export function isAwaitedKind(kind: string): kind is AwaitedKind {
  return kind in lists;
}

/** Watches the workloads of some namespaces, with their pods and events. */
export class WorkloadWatch {
  private readonly open: LiveList<LiveWorkload | LivePod | LiveEvent>[] = [];
  private readonly workloads = new Map<string, LiveList<LiveWorkload>>();
  private readonly replicaSets = new Map<string, LiveList<OwnedObject>>();
  private readonly pods = new Map<string, LiveList<LivePod>>();
  private readonly events = new Map<string, LiveList<LiveEvent>>();

  private constructor(private readonly client: ClusterClient) {}

  static async start(
    client: ClusterClient,
    namespaces: Iterable<string>,
    changed: () => void = () => undefined,
  ): Promise<WorkloadWatch> {
    const watch = new WorkloadWatch(client);
    for (const namespace of new Set(namespaces)) await watch.add(namespace, changed);
    return watch;
  }

  close(): void {
    for (const list of this.open) list.close();
  }

  /** A workload with the pods of its newest pod template; undefined if the workload does not exist. */
  read(kind: AwaitedKind, namespace: string, name: string): ObservedWorkload | undefined {
    const workload = this.find(kind, namespace, name);
    if (workload === undefined) return undefined;
    const owner = kind === 'Deployment' ? this.newestReplicaSet(namespace, workload) : workload;
    const pods = [...(this.pods.get(namespace)?.objects.values() ?? [])].filter(
      ({ metadata }) =>
        metadata.deletionTimestamp === undefined &&
        metadata.ownerReferences?.some(({ uid }) => uid === owner?.metadata.uid),
    );
    const uids = new Set([workload, owner, ...pods].map((each) => each?.metadata.uid));
    const events = [...(this.events.get(namespace)?.objects.values() ?? [])]
      .filter(({ involvedObject }) => involvedObject.uid !== undefined && uids.has(involvedObject.uid))
      .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1));
    return { workload, pods, events };
  }

  find(kind: AwaitedKind, namespace: string, name: string): LiveWorkload | undefined {
    const found = this.workloads.get(`${kind} ${namespace}`)?.objects.values() ?? [];
    return [...found].find(({ metadata }) => metadata.name === name);
  }

  /** The pods of all watched namespaces. */
  allPods(): LivePod[] {
    return [...this.pods.values()].flatMap(({ objects }) => [...objects.values()]);
  }

  private async add(namespace: string, changed: () => void): Promise<void> {
    const list = async <Kind extends LiveWorkload | LivePod | LiveEvent>(base: string, plural: string) => {
      const opened = await LiveList.open<Kind>(
        this.client,
        `/${base}/namespaces/${namespace}/${plural}`,
        changed,
      );
      this.open.push(opened as unknown as LiveList<LiveWorkload>);
      return opened;
    };
    for (const [kind, base] of Object.entries(lists))
      this.workloads.set(`${kind} ${namespace}`, await list<LiveWorkload>(base, `${kind.toLowerCase()}s`));
    this.replicaSets.set(namespace, await list<LiveWorkload>('apis/apps/v1', 'replicasets'));
    this.pods.set(namespace, await list<LivePod>('api/v1', 'pods'));
    this.events.set(namespace, await list<LiveEvent>('api/v1', 'events'));
  }

  /** The ReplicaSet with the same revision number as the Deployment; undefined until the controller has created it. */
  private newestReplicaSet(namespace: string, deployment: LiveWorkload): OwnedObject | undefined {
    const number = deployment.metadata.annotations?.[revisionNumber];
    return [...(this.replicaSets.get(namespace)?.objects.values() ?? [])].find(
      ({ metadata }) =>
        metadata.annotations?.[revisionNumber] === number &&
        metadata.ownerReferences?.some(({ uid }) => uid === deployment.metadata.uid),
    );
  }
}

/** The Deployment controller numbers pod templates with this annotation. */
const revisionNumber = 'deployment.kubernetes.io/revision';

/** When an event was last seen. */
export function timeOf({ lastTimestamp, eventTime }: LiveEvent): string {
  return lastTimestamp ?? eventTime ?? '';
}

import { type Amount, allocatable, type Node, podsPerNode } from '../../../../lib/kubernetes/scheduling/node';
import type { ApiClient, ServedObject } from '../servers/api-client';
import { provisionVolumes } from './local-path';
import type { Sources } from './obstacles';
import { type FaultReport, faultReport, type PodFault } from './pod-faults';
import { type Behaviour, PodLife } from './pod-life';
import { isReported, statusPatch } from './pod-status';
import type { ServedPod } from './pods';

const strategicMerge = 'application/strategic-merge-patch+json';
const merge = 'application/merge-patch+json';

/** Often enough to tell apart what happens within a second of a pod's own time. */
const tick = 100;

/** Nodes that run no container: they report of each pod what a kubelet would, and make volumes as local-path does. */
export class SimulatedNodes {
  pods: ReadonlyMap<string, ServedPod> = new Map();
  /** Nodes that are lost: their pods neither answer nor end. */
  readonly lost = new Set<string>();
  /** What goes wrong with a pod, and the words of whoever says so. */
  faultOf: (pod: ServedPod) => readonly [fault: PodFault, words: string] | undefined = () => undefined;
  private readonly faulty = new Set<string>();
  private readonly lives = new Map<string, PodLife>();
  private readonly busy = new Set<string>();
  private sources: Sources = { configMaps: new Map(), secrets: new Map(), claims: new Map() };
  private volumes: ReadonlyMap<string, ServedObject> = new Map();
  private timers: NodeJS.Timeout[] = [];

  private constructor(
    private readonly api: ApiClient,
    readonly names: readonly string[],
    /** May be changed while the nodes run. */
    public behaviour: Behaviour,
  ) {}

  /** @param changed is called whenever a pod changes */
  static async start(
    api: ApiClient,
    nodes: readonly Node[],
    behaviour: Behaviour,
    changed: () => void = () => {},
  ): Promise<SimulatedNodes> {
    const names = nodes.map(hostname);
    const simulated = new SimulatedNodes(api, names, behaviour);
    for (const node of nodes) await simulated.register(node);
    simulated.pods = await api.list<ServedPod>('/api/v1/pods', changed);
    simulated.sources = {
      configMaps: await api.list('/api/v1/configmaps'),
      secrets: await api.list('/api/v1/secrets'),
      claims: await api.list('/api/v1/persistentvolumeclaims'),
    };
    simulated.volumes = await api.list('/api/v1/persistentvolumes');
    simulated.timers = [setInterval(() => simulated.act(), tick), setInterval(() => simulated.beat(), 1000)];
    return simulated;
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  /** The node is gone at once: its kubelet is silent, and nothing on it answers. */
  lose(node: string): void {
    this.lost.add(node);
  }

  /** The node is back, with the containers that ran on it. */
  restore(node: string): void {
    this.lost.delete(node);
  }

  /** All containers of some pods end at once, and are started anew. */
  crash(isMeant: (pod: ServedPod) => boolean): void {
    for (const pod of this.pods.values()) {
      if (isMeant(pod)) this.lives.get(pod.metadata.uid)?.restart(Date.now(), this.behaviour);
    }
  }

  /** A fault is reported once, with its events. */
  private fail(pod: ServedPod, { events, phase, ...container }: FaultReport): void {
    const { uid, name, namespace } = pod.metadata;
    if (this.faulty.has(uid)) return;
    this.faulty.add(uid);
    const [first] = pod.spec.containers ?? [];
    const own = { name: first?.name, image: first?.image, imageID: '', ready: false, started: false };
    const body = { status: { phase, containerStatuses: [{ ...own, ...container }] } };
    this.api
      .send('PATCH', `/api/v1/namespaces/${namespace}/pods/${name}/status`, body, strategicMerge)
      .catch(() => {});
    const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    for (const [index, event] of events.entries())
      this.api
        .send('POST', `/api/v1/namespaces/${namespace}/events`, {
          metadata: { name: `${name}.${index}`, namespace },
          involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid },
          ...{ ...event, count: 1, firstTimestamp: time, lastTimestamp: time },
          source: { component: 'kubelet', host: pod.spec.nodeName },
        })
        .catch(() => {});
  }

  private async register(node: Node): Promise<void> {
    const name = hostname(node);
    const capacity = resources(node.capacity);
    const status = { capacity, allocatable: resources(allocatable(node)) };
    const labels = { 'kubernetes.io/arch': 'amd64', ...node.labels };
    await this.api.send('POST', '/api/v1/nodes', { metadata: { name, labels } });
    await this.api.send('PATCH', `/api/v1/nodes/${name}/status`, { status }, merge);
    const lease = { metadata: { name }, spec: { holderIdentity: name, leaseDurationSeconds: 40 } };
    await this.api.send('POST', leases, lease);
    await this.beatOf(name);
  }

  /** What a kubelet says of its node, again and again. */
  private beat(): void {
    for (const name of this.names) {
      if (!this.lost.has(name)) this.beatOf(name).catch(() => {});
    }
  }

  private async beatOf(name: string): Promise<void> {
    const renewTime = new Date().toISOString().replace('Z', '000Z');
    await this.api.send('PATCH', `${leases}/${name}`, { spec: { renewTime } }, merge);
    const time = renewTime.replace(/\.\d+Z$/, 'Z');
    const conditions = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => ({
      ...{ type, status: type === 'Ready' ? 'True' : 'False', reason: 'Simulated' },
      ...{ lastHeartbeatTime: time, lastTransitionTime: time },
    }));
    await this.api.send('PATCH', `/api/v1/nodes/${name}/status`, { status: { conditions } }, strategicMerge);
  }

  private act(): void {
    for (const pod of this.pods.values()) {
      const { nodeName } = pod.spec;
      if (nodeName === undefined || this.lost.has(nodeName) || this.busy.has(pod.metadata.uid)) continue;
      this.actOn(pod);
    }
    for (const uid of this.faulty) if (!this.pods.has(uid)) this.faulty.delete(uid);
    for (const uid of this.lives.keys()) if (!this.pods.has(uid)) this.lives.delete(uid);
    provisionVolumes(this.api, this.sources.claims, this.volumes, this.lost);
  }

  private actOn(pod: ServedPod): void {
    const { uid, name, namespace } = pod.metadata;
    const now = Date.now();
    const life = this.lives.get(uid) ?? new PodLife(now, pod.status?.phase === 'Running');
    this.lives.set(uid, life);
    const fault = pod.metadata.deletionTimestamp === undefined ? this.faultOf(pod) : undefined;
    if (fault !== undefined) {
      this.fail(pod, faultReport(fault[0], pod, fault[1]));
      return;
    }
    const step = life.next(pod, now, this.behaviour, this.sources);
    if (step.kind === 'wait' || (step.kind === 'report' && isReported(pod, step.status))) return;
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    const sent =
      step.kind === 'remove'
        ? this.api.send('DELETE', path, { gracePeriodSeconds: 0, preconditions: { uid } })
        : this.api.send(
            'PATCH',
            `${path}/status`,
            statusPatch(pod, step.status, new Date(now)),
            strategicMerge,
          );
    this.busy.add(uid);
    // The watch may be later than the answer: a moment, so that nothing is said twice.
    const done = () => setTimeout(() => this.busy.delete(uid), tick / 2);
    sent.then(done, done);
  }
}

const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

function resources({ cpu, memory }: Amount): Readonly<Record<string, string>> {
  return {
    cpu: String(cpu),
    memory: String(Math.floor(memory)),
    pods: String(podsPerNode),
    'ephemeral-storage': '70Gi',
  };
}

/** What the machine calls itself, and so the node. */
function hostname({ name, labels }: Node): string {
  return labels['kubernetes.io/hostname'] ?? name;
}

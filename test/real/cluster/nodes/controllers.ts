import { setTimeout as sleep } from 'node:timers/promises';
import type { ServedObject } from '../servers/api-client';
import type { Cluster } from '../servers/cluster';
import { hasEnded, isReady, waitingFor } from './pods';

interface Controller extends ServedObject {
  readonly metadata: ServedObject['metadata'] & { readonly generation: number };
  readonly spec: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly updateStrategy?: { readonly type?: string };
  };
  readonly status?: Readonly<Record<string, number | undefined>>;
}

/** Kinds whose controllers keep pods running. */
const kinds = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
} as const;

/** So long nothing changes before what isn't whole counts as stuck: the scheduler tries a pod again after at most 10 s. */
const stuckAfter = 12_000;

/** So long nothing changes before what is whole counts as settled: a change takes a moment to reach its controller. */
const settledAfter = 1_500;

/** Tells which workloads have the pods that they ask for, of the template that they state. */
export class Controllers {
  private constructor(
    private readonly cluster: Cluster,
    private readonly byKind: ReadonlyMap<string, ReadonlyMap<string, Controller>>,
  ) {}

  static async watch(cluster: Cluster): Promise<Controllers> {
    const byKind = new Map<string, ReadonlyMap<string, Controller>>();
    for (const [kind, plural] of Object.entries(kinds))
      byKind.set(kind, await cluster.api.list<Controller>(`/apis/apps/v1/${plural}`));
    return new Controllers(cluster, byKind);
  }

  /**
   * Waits until every workload is whole, or until nothing has changed for so long that nothing will.
   *
   * @returns the workloads that are not whole, such as `Deployment honeydue/redis`
   */
  async settle(): Promise<string[]> {
    const started = Date.now();
    for (;;) {
      await sleep(100);
      const short = this.short();
      const quiet = Math.min(this.cluster.quietFor(), Date.now() - started);
      if (quiet > (short.length === 0 && !this.isEnding() ? settledAfter : stuckAfter)) return short;
    }
  }

  /** @throws Error with what keeps pods from being ready, if not every workload becomes whole */
  async settleOrThrow(): Promise<void> {
    const short = await this.settle();
    if (short.length === 0) return;
    const reasons = [...this.cluster.nodes.pods.values()].flatMap((pod) =>
      isReady(pod) || hasEnded(pod) ? [] : [`${pod.metadata.name}: ${waitingFor(pod)}`],
    );
    throw new Error(`not whole: ${[...short, ...reasons].join('\n')}`);
  }

  /** `Deployment honeydue/api`, whose pods are called `honeydue/api`. */
  nameOf(workload: string): string | undefined {
    return [...this.names()].map(([name]) => name).find((name) => name.endsWith(` ${workload}`));
  }

  private short(): string[] {
    return [...this.names()].flatMap(([name, controller]) => (isWhole(controller) ? [] : [name])).sort();
  }

  private *names(): Iterable<[name: string, controller: Controller]> {
    for (const [kind, controllers] of this.byKind)
      for (const controller of controllers.values())
        yield [`${kind} ${controller.metadata.namespace}/${controller.metadata.name}`, controller];
  }

  private isEnding(): boolean {
    const { pods, lost } = this.cluster.nodes;
    return [...pods.values()].some(
      ({ metadata, spec }) => metadata.deletionTimestamp !== undefined && !lost.has(spec.nodeName ?? ''),
    );
  }
}

function isWhole({ metadata, spec, status = {} }: Controller): boolean {
  if ((status['observedGeneration'] ?? 0) < metadata.generation) return false;
  if ('desiredNumberScheduled' in status) {
    const wanted = status['desiredNumberScheduled'] ?? 0;
    return (status['updatedNumberScheduled'] ?? 0) === wanted && (status['numberAvailable'] ?? 0) === wanted;
  }
  const wanted = spec.replicas ?? 1;
  const waits = spec.paused === true || spec.updateStrategy?.type === 'OnDelete';
  const isUpdated = waits || (status['updatedReplicas'] ?? 0) === wanted;
  return isUpdated && (status['replicas'] ?? 0) === wanted && (status['availableReplicas'] ?? 0) === wanted;
}

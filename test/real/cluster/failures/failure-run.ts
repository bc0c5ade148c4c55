import type { FailureOutcome } from '../../../../lib/analysis/drill/outcome';
import type { Controllers } from '../nodes/controllers';
import { unpullable } from '../nodes/pod-life';
import { hasEnded } from '../nodes/pods';
import { type Seen, workloadOf } from '../nodes/recorder';
import { within } from '../nodes/within';
import type { Cluster } from '../servers/cluster';
import { kubectl, kubectlOrThrow } from '../servers/kubectl';
import type { FailureCase } from './failure-cases';

/** What was seen of the workload that a failure is about. */
export interface ObservedFailure {
  /** The fewest that were ready, of so many before. */
  readonly least: number;
  readonly of: number;
  readonly mostRunning: number;
  /** As many were ready again while the failure lasted. */
  readonly recovers: boolean;
  /** Of a rollout or a drain. */
  readonly completes?: boolean;
}

/** What of it is the same in every run. */
export type RecordedFailure = Omit<ObservedFailure, 'least' | 'mostRunning'> & { readonly least?: number };

/** So long a loss is watched, at most: the grace of a silent node, 30 s of toleration, and a start. */
const watched = 90;

/** Plays a failure, watches it, and mends it. */
export class FailureRun {
  constructor(
    private readonly cluster: Cluster,
    private readonly controllers: Controllers,
  ) {}

  /** @returns by workload, such as `honeydue/api` */
  async play(
    failure: FailureCase,
    guaranteed: ReadonlyMap<string, FailureOutcome>,
  ): Promise<ReadonlyMap<string, ObservedFailure>> {
    const { cluster } = this;
    const { kind, workload } = failure;
    const node = this.nodeOf(workload);
    if (kind === 'node-lost-again') await this.loseAndRestore(node, guaranteed);
    cluster.recorder.begin();
    const completes = await this.begin(failure, this.nodeOf(workload), guaranteed);
    const seen = cluster.recorder.read();
    await this.mend(failure);
    return new Map(
      [...guaranteed.keys()].map((name) => [
        name,
        observed(seen.get(name), name.endsWith(`/${workload}`) ? completes : undefined),
      ]),
    );
  }

  /** @returns whether a rollout or a drain ended */
  private async begin(
    { kind, workload }: FailureCase,
    node: string,
    guaranteed: ReadonlyMap<string, FailureOutcome>,
  ): Promise<boolean | undefined> {
    const { cluster, controllers } = this;
    switch (kind) {
      case 'rollout':
        await this.restart(workload);
        return (await controllers.settle()).length === 0;
      case 'bad-image':
        await this.kubectl(
          'set',
          'image',
          `deployment/${workload}`,
          `*=registry.example.com/bad:${unpullable}`,
        );
        return (await controllers.settle()).length === 0;
      case 'crash':
        cluster.nodes.crash((pod) => workloadOf(pod) === `honeydue/${workload}`);
        await controllers.settle();
        return undefined;
      case 'registry':
        cluster.nodes.behaviour = {
          ...cluster.nodes.behaviour,
          silentRegistries: new Set(this.registriesOf(workload)),
        };
        await controllers.settle();
        return undefined;
      case 'node-drained': {
        const flags = ['--ignore-daemonsets', '--delete-emptydir-data', '--force', '--timeout=60s'];
        const { status } = await kubectl(cluster, ['drain', node, ...flags]);
        await controllers.settle();
        return status === 0;
      }
      case 'node-lost-in-rollout':
        await this.restart(workload);
        this.lose(node);
        await this.watch(guaranteed);
        return undefined;
      case 'zone-lost':
        for (const each of cluster.nodes.names) this.lose(each);
        await within(10, () => false);
        return undefined;
      default:
        this.lose(node);
        await this.watch(guaranteed);
        return undefined;
    }
  }

  private async mend({ kind, workload }: FailureCase): Promise<void> {
    const { cluster, controllers } = this;
    cluster.nodes.behaviour = { ...cluster.nodes.behaviour, silentRegistries: new Set() };
    for (const node of cluster.nodes.names) {
      cluster.nodes.restore(node);
      if (kind === 'node-drained') await kubectlOrThrow(cluster, ['uncordon', node]);
    }
    if (kind === 'bad-image') await this.kubectl('rollout', 'undo', `deployment/${workload}`);
    await controllers.settleOrThrow();
    if (!/node|zone/.test(kind)) return;
    // What has moved does not move back by itself: the next failure begins with pods that are spread.
    await this.kubectl('rollout', 'restart', 'deployment');
    await controllers.settleOrThrow();
  }

  private async loseAndRestore(node: string, guaranteed: ReadonlyMap<string, FailureOutcome>): Promise<void> {
    this.lose(node);
    await this.watch(guaranteed);
    this.cluster.nodes.restore(node);
    await this.controllers.settleOrThrow();
  }

  private lose(node: string): void {
    this.cluster.nodes.lose(node);
    this.cluster.recorder.note();
  }

  /** Until all that is guaranteed to recover has recovered, or has had the time to. */
  private async watch(guaranteed: ReadonlyMap<string, FailureOutcome>): Promise<void> {
    const expected = [...guaranteed].filter(([, { recovery }]) => recovery.kind === 'within');
    const isSeen = () => {
      const seen = this.cluster.recorder.read();
      return expected.every(([name]) => {
        const each = seen.get(name);
        return each === undefined || each.now >= each.before;
      });
    };
    // Before the controllers notice a loss, no pod has been replaced, and all that is not on the node looks whole.
    await within(12, () => false);
    await within(watched, isSeen);
  }

  private async restart(workload: string): Promise<void> {
    await this.kubectl('rollout', 'restart', `deployment/${workload}`);
  }

  private kubectl(...args: string[]): Promise<string> {
    return kubectlOrThrow(this.cluster, ['-n', 'honeydue', ...args]);
  }

  private podsOf(workload: string) {
    return [...this.cluster.nodes.pods.values()].filter(
      (pod) => workloadOf(pod).endsWith(`/${workload}`) && !hasEnded(pod),
    );
  }

  /** The node that runs most of its pods. */
  private nodeOf(workload: string): string {
    const pods = this.podsOf(workload);
    const count = (node: string) => pods.filter(({ spec }) => spec.nodeName === node).length;
    const [node] = [...this.cluster.nodes.names].sort((a, b) => count(b) - count(a));
    if (node === undefined || count(node) === 0) throw new Error(`no pod of ${workload} has a node`);
    return node;
  }

  private registriesOf(workload: string): string[] {
    return this.podsOf(workload).flatMap(({ spec }) =>
      (spec.containers ?? []).map(({ image = '' }) => image.split('/')[0] ?? ''),
    );
  }
}

function observed(seen: Seen | undefined, completes: boolean | undefined): ObservedFailure {
  const { before = 0, least = 0, now = 0, mostRunning = 0 } = seen ?? {};
  return {
    least,
    of: before,
    mostRunning,
    recovers: now >= before,
    ...(completes !== undefined && { completes }),
  };
}

/** Where what was seen is worse than what was guaranteed. */
export function worseThan(
  guaranteed: FailureOutcome,
  seen: RecordedFailure & Partial<ObservedFailure>,
): string[] {
  const { ready, running, completes, recovery } = guaranteed;
  return [
    ...(ready !== undefined && seen.least !== undefined && seen.least < ready
      ? [`${seen.least} ready, guaranteed ${ready}`]
      : []),
    ...(running !== undefined && seen.mostRunning !== undefined && seen.mostRunning > running
      ? [`${seen.mostRunning} ran at once, at most ${running} guaranteed`]
      : []),
    ...(completes === true && seen.completes === false ? ['it did not end, which was guaranteed'] : []),
    ...(recovery.kind === 'within' && !seen.recovers ? ['it did not recover, which was guaranteed'] : []),
  ];
}

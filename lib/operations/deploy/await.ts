import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterConnection } from '../cluster/connection';
import type { LiveObject } from '../cluster/live-object';
import type { PlannedObject } from '../plan/planned-object';
import { availabilityOf } from './availability';
import { type Diagnosis, diagnose } from './diagnosis';
import { failureReasons } from './failure-reason';
import { maskOrBlind, type SecretMask } from './mask';
import type { DeployReporter } from './reporter';
import { type AwaitedKind, isAwaitedKind, WorkloadWatch } from './workload-watch';

export interface AwaitOptions {
  /** How long failure reasons may persist before the object counts as failed, in milliseconds. */
  readonly patience: number;
  /** Aborts the wait at its next check. */
  readonly signal?: AbortSignal | undefined;
}

/** The interval between two checks, in milliseconds. */
const look = 250;

/**
 * Waits until objects are available.
 *
 * @returns the diagnoses of those that failed; empty if all are available
 */
export async function awaitObjects(
  cluster: ClusterConnection,
  objects: readonly PlannedObject[],
  reporter: DeployReporter,
  options: AwaitOptions,
): Promise<Diagnosis[]> {
  return awaitAll(cluster, await awaitedOf(cluster, objects), reporter, options);
}

/** Waits until objects are available that are not part of the plan. */
export async function awaitAll(
  cluster: ClusterConnection,
  awaited: readonly AwaitedObject[],
  reporter: DeployReporter,
  options: AwaitOptions,
): Promise<Diagnosis[]> {
  if (awaited.length === 0) return [];
  const namespaces = awaited.map(({ namespace }) => namespace);
  const watch = await WorkloadWatch.start(cluster.client, namespaces);
  try {
    return await new Wait(cluster, watch, awaited, reporter, options).run();
  } finally {
    watch.close();
  }
}

/** An object that must become available. */
export interface AwaitedObject {
  /** Such as `Deployment shop/api`. */
  readonly object: string;
  readonly kind: AwaitedKind;
  readonly namespace: string;
  readonly name: string;
  /** The generation after the apply: a status for a lower one is outdated. */
  readonly generation: number;
}

async function awaitedOf(
  { client }: ClusterConnection,
  objects: readonly PlannedObject[],
): Promise<AwaitedObject[]> {
  const found: AwaitedObject[] = [];
  for (const { desired, name: object, path, action } of objects) {
    const { kind, metadata } = desired;
    if (!isAwaitedKind(kind) || path === undefined || action === 'skip') continue;
    const live = await client.get<LiveObject>(path);
    const generation = Number(live?.metadata['generation'] ?? 0);
    found.push({ object, kind, namespace: metadata.namespace ?? 'default', name: metadata.name, generation });
  }
  return found;
}

class Wait {
  private readonly started = Date.now();
  private readonly done = new Set<string>();
  private readonly troubles = new Set<string>();
  private readonly since = new Map<string, number>();
  private shown = '';
  private mask: Pick<SecretMask, 'hide'> | undefined;

  constructor(
    private readonly cluster: ClusterConnection,
    private readonly watch: WorkloadWatch,
    private readonly awaited: readonly AwaitedObject[],
    private readonly reporter: DeployReporter,
    private readonly options: AwaitOptions,
  ) {}

  async run(): Promise<Diagnosis[]> {
    for (;;) {
      this.options.signal?.throwIfAborted();
      const failed: AwaitedObject[] = [];
      const waiting: { object: string; progress: string }[] = [];
      for (const each of this.awaited) {
        if (this.done.has(each.object)) continue;
        const { isDone, progress, hasFailed } = await this.look(each);
        if (isDone) this.finish(each);
        else waiting.push({ object: each.object, progress });
        if (hasFailed) failed.push(each);
      }
      if (failed.length > 0) return this.diagnoseAll(failed);
      if (waiting.length === 0) return [];
      this.show(waiting);
      await sleep(look);
    }
  }

  private finish({ object }: AwaitedObject): void {
    this.done.add(object);
    this.reporter.available(object, Math.round((Date.now() - this.started) / 1000));
  }

  private async look({ object, kind, namespace, name, generation }: AwaitedObject) {
    const observed = this.watch.read(kind, namespace, name);
    if (observed === undefined || (observed.workload.metadata.generation ?? 0) < generation)
      return { isDone: false, progress: 'not seen yet', hasFailed: false };
    const { isDone, progress, failed } = availabilityOf(kind, observed.workload);
    if (isDone) return { isDone, progress, hasFailed: false };
    const reasons = failureReasons(observed);
    for (const reason of reasons) {
      const key = `${object} ${reason.code} ${reason.pod} ${reason.container}`;
      if (this.troubles.has(key)) continue;
      this.troubles.add(key);
      this.reporter.trouble(object, { ...reason, text: await this.hide(reason.text) });
    }
    if (reasons.length === 0) this.since.delete(object);
    else if (!this.since.has(object)) this.since.set(object, Date.now());
    const lasts = Date.now() - (this.since.get(object) ?? Date.now());
    return { isDone, progress, hasFailed: failed !== undefined || lasts > this.options.patience };
  }

  /** Messages of the kubelet and the API server may contain a secret of any watched namespace. */
  private async hide(text: string): Promise<string> {
    const namespaces = [...new Set(this.awaited.map(({ namespace }) => namespace))];
    this.mask ??= await maskOrBlind(this.cluster.client, namespaces);
    return this.mask.hide(text);
  }

  private show(waiting: readonly { object: string; progress: string }[]): void {
    const text = JSON.stringify(waiting);
    if (text === this.shown) return;
    this.shown = text;
    this.reporter.progress(waiting);
  }

  private async diagnoseAll(failed: readonly AwaitedObject[]): Promise<Diagnosis[]> {
    const found: Diagnosis[] = [];
    for (const { object, kind, namespace, name } of failed) {
      const observed = this.watch.read(kind, namespace, name);
      if (observed === undefined) continue;
      const diagnosis = await diagnose(this.cluster.client, object, namespace, observed);
      const { failed: words } = availabilityOf(kind, observed.workload);
      const deadline = { code: 'deadline' as const, pod: '', node: '', container: '' };
      const own = words === undefined ? [] : [{ ...deadline, text: await this.hide(words) }];
      found.push({ ...diagnosis, reasons: [...diagnosis.reasons, ...own] });
    }
    return found;
  }
}

import { describeObject } from '../../kubernetes/objects/object-key';
import { blame } from './blame';
import type { DrillWorkload, Field } from './cluster/workload';
import type { Drill } from './drill';
import type { Failure } from './failure';
import { isJob } from './node-failures';
import type { FailureOutcome } from './outcome';

/** The failures that something can be promised of, as a promise says them. */
const moments = {
  'node-lost': 'when a node is lost',
  'node-lost-again': 'when a node is lost after one was away and came back',
  'node-drained': 'when a node is drained',
  rollout: 'during its rollout',
  'node-lost-in-rollout': 'when a node is lost during its rollout',
  'bad-image': 'while a bad image of it is rolled out',
} as const satisfies Partial<Record<Failure['kind'], string>>;

/** What an operator counts on when something fails. */
export interface AvailabilityPromise {
  readonly when: keyof typeof moments;
  /** So many pods of a workload are ready at every moment. */
  readonly ready?: Readonly<Record<string, number>>;
  /** No more pods of a workload run at any moment. */
  readonly running?: Readonly<Record<string, number>>;
  /** Workloads that are whole again although what failed stays away. */
  readonly recovers?: readonly string[];
  /** Every drain or rollout ends. */
  readonly completes?: true;
}

/** A promise that the manifests don't keep. */
export interface BrokenPromise {
  /** Path of the promise: its index, and the keys below. */
  readonly path: readonly (string | number)[];
  /** The field whose change is most likely to keep it. */
  readonly field: Field | undefined;
  readonly message: string;
}

/** Promises that some decision of the scheduler breaks, or whose outcome is unknown. */
export function brokenPromises(drill: Drill, promises: readonly AvailabilityPromise[]): BrokenPromise[] {
  return promises.flatMap((promise, index) => {
    const failure = drill.failures.find(({ kind }) => kind === promise.when);
    if (failure === undefined) return [];
    const moment = moments[promise.when];
    const check = (
      key: keyof AvailabilityPromise,
      names: readonly (readonly [name: string | number, workload: string])[],
      broken: (outcome: FailureOutcome, workload: DrillWorkload) => Broken | undefined,
    ) =>
      names.flatMap(([step, name]): BrokenPromise[] => {
        const path = [index, key, step];
        const workload = drill.told.find((each) => each.name === name && !each.isSystem);
        if (workload === undefined) {
          return [
            { path, field: undefined, message: `promises something about ${name}, which creates no pods` },
          ];
        }
        const outcome = drill.outcome(failure, workload);
        const found = broken(outcome, workload);
        if (found === undefined) return [];
        const message = `promises ${name} ${found.promised} ${moment}, and ${found.found}${why(outcome)}`;
        return [{ path, field: blame(failure, workload, outcome, key, promise.ready?.[name]), message }];
      });
    const { ready = {}, running = {}, recovers = [] } = promise;
    const byName = (counts: Readonly<Record<string, number>>) =>
      Object.keys(counts).map((name) => [name, name] as const);
    return [
      ...check('ready', byName(ready), (outcome, workload) =>
        tooFew(outcome, ready[workload.name] ?? 0, workload),
      ),
      ...check('running', byName(running), (outcome, { name }) => tooMany(outcome, running[name] ?? 0)),
      ...check('recovers', [...recovers.entries()], ({ recovery }) =>
        recovery.kind === 'until'
          ? { promised: 'to be whole again', found: `it may not be until ${recovery.event}` }
          : undefined,
      ),
      ...(promise.completes === true ? incomplete(drill, failure, index) : []),
    ];
  });
}

interface Broken {
  readonly promised: string;
  readonly found: string;
}

function tooFew(
  { ready }: FailureOutcome,
  least: number,
  { replicas, mostReplicas }: DrillWorkload,
): Broken | undefined {
  if (ready !== undefined && ready >= least) return undefined;
  const left =
    ready === undefined
      ? 'how many stay is unknown'
      : ready === 0
        ? 'none may be left'
        : `${ready} may be all that ${ready === 1 ? 'is' : 'are'} left`;
  const scaled = mostReplicas > replicas ? ': its autoscaler may remove pods on any node' : '';
  return { promised: `at least ${least} ready`, found: `${left}${ready === undefined ? '' : scaled}` };
}

function tooMany({ running }: FailureOutcome, most: number): Broken | undefined {
  if (running !== undefined && running <= most) return undefined;
  const many = running === undefined ? 'how many may run is unknown' : `${running} may run at the same time`;
  return { promised: `at most ${most} running`, found: many };
}

function incomplete(drill: Drill, failure: Failure, index: number): BrokenPromise[] {
  const isDrain = failure.kind === 'node-drained';
  return drill.told
    .filter((workload) => !workload.isSystem && !isJob(workload))
    .flatMap((workload): BrokenPromise[] => {
      const outcome = drill.outcome(failure, workload);
      if (outcome.completes === true) return [];
      const { name } = workload;
      const stuck = isDrain
        ? `every node can be drained, but ${name} may block a drain`
        : `every rollout finishes, but that of ${name} may not`;
      const field = blame(failure, workload, outcome, 'completes');
      return [{ path: [index, 'completes'], field, message: `promises that ${stuck}${why(outcome)}` }];
    });
}

function why({ unknown, ready, recovery, stuck }: FailureOutcome): string {
  if (ready === undefined) return `: ${unknown.join(', ')}`;
  const reason = stuck ?? (recovery.kind === 'until' ? recovery.why : undefined);
  return reason === undefined ? '' : `: ${reason}`;
}

/** `Deployment shop/api: spec.replicas` */
export function describeField({ object, path }: Field): string {
  return `${describeObject(object)}: ${path}`;
}

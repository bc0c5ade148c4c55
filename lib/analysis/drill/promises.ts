import { describeObject } from '../../kubernetes/objects/object-key';
import { blame } from './blame';
import type { DrillWorkload, Field } from './cluster/workload';
import type { Drill } from './drill';
import type { Failure } from './failure';
import { isJob } from './job-outcome';
import type { FailureOutcome } from './outcome';

/** The failures that a promise can cover, described for messages. */
const moments = {
  'node-lost': 'when a node is lost',
  'node-lost-again': 'when a node is lost some time after another node was down',
  'node-drained': 'when a node is drained',
  rollout: 'during its rollout',
  'node-lost-in-rollout': 'when a node is lost during its rollout',
  'bad-image': 'while a bad image is rolled out',
} as const satisfies Partial<Record<Failure['kind'], string>>;

/** The required outcome of a failure, as the configuration states it. */
export interface AvailabilityPromise {
  readonly when: keyof typeof moments;
  /** Minimum number of ready pods, by workload. */
  readonly ready?: Readonly<Record<string, number>>;
  /** Maximum number of running pods, by workload. */
  readonly running?: Readonly<Record<string, number>>;
  /** Workloads that must recover even if the failed node does not come back. */
  readonly recovers?: readonly string[];
  /** Whether every drain or rollout must finish. */
  readonly completes?: true;
}

/** A promise that the manifests do not keep. */
export interface BrokenPromise {
  /** Path of the promise: its index and keys. */
  readonly path: readonly (string | number)[];
  /** The field whose change most likely fixes the promise. */
  readonly field: Field | undefined;
  readonly message: string;
}

/** Promises that are broken by at least one possible decision of the scheduler, or whose outcome is unknown. */
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
        const workload = drill.workloads.find((each) => each.name === name && !each.isSystem);
        if (workload === undefined) {
          return [{ path, field: undefined, message: `refers to ${name}, but no workload has this name` }];
        }
        const outcome = drill.outcome(failure, workload);
        const found = broken(outcome, workload);
        if (found === undefined) return [];
        const message = `promises that ${name} ${found.promised} ${moment}, but ${found.found}${why(outcome)}`;
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
          ? { promised: 'recovers', found: `it may not recover until ${recovery.event}` }
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
      ? 'the number of ready pods is unknown'
      : ready === 0
        ? 'possibly no pod is ready'
        : `possibly only ${ready} ${ready === 1 ? 'is' : 'are'} ready`;
  const scaled = mostReplicas > replicas ? ', because the autoscaler may remove pods on any node' : '';
  return {
    promised: `has at least ${least} ready ${least === 1 ? 'pod' : 'pods'}`,
    found: `${left}${ready === undefined ? '' : scaled}`,
  };
}

function tooMany({ running }: FailureOutcome, most: number): Broken | undefined {
  if (running !== undefined && running <= most) return undefined;
  const many =
    running === undefined
      ? 'the number of running pods is unknown'
      : `${running} pods may run at the same time`;
  return { promised: `has at most ${most} running ${most === 1 ? 'pod' : 'pods'}`, found: many };
}

function incomplete(drill: Drill, failure: Failure, index: number): BrokenPromise[] {
  const isDrain = failure.kind === 'node-drained';
  return drill.workloads
    .filter((workload) => !workload.isSystem && !isJob(workload))
    .flatMap((workload): BrokenPromise[] => {
      const outcome = drill.outcome(failure, workload);
      if (outcome.completes === true) return [];
      const { name } = workload;
      const stuck = isDrain
        ? `every node can be drained, but ${name} may block a drain`
        : `every rollout finishes, but the rollout of ${name} can get stuck`;
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

import { describeSeconds } from '../../documents/duration';
import type { DrillWorkload, Field } from './cluster/workload';
import type { Drill } from './drill';
import type { Failure } from './failure';
import { isJob } from './job-outcome';
import type { FailureOutcome } from './outcome';
import { isSlower, Reasons } from './reasons';

/** An outcome that the manifests guarantee whatever the scheduler decides, and the fields that it depends on. */
export interface Guarantee {
  readonly failure: string;
  readonly workload: string;
  readonly sentence: string;
  /** The sentence without its unbounded parts. */
  readonly summary: string;
  readonly because: readonly Field[];
}

/** The failures for which guarantees are reported: their outcome depends on the manifests. */
const decided: readonly Failure['kind'][] = [
  'node-lost',
  'node-lost-again',
  'node-drained',
  'rollout',
  'node-lost-in-rollout',
  'bad-image',
];

/** All guarantees for the workloads of the manifests. */
export function guaranteesOf(drill: Drill, failures = drill.failures): Guarantee[] {
  const reasons = new Reasons(drill);
  return failures
    .filter(({ kind }) => decided.includes(kind))
    .flatMap((failure) =>
      drill.workloads
        .filter((workload) => !workload.isSystem && !isJob(workload))
        .flatMap((workload) => ofWorkload(drill, reasons, failure, workload)),
    );
}

function ofWorkload(drill: Drill, reasons: Reasons, failure: Failure, workload: DrillWorkload): Guarantee[] {
  const { name, replicas } = workload;
  const outcome = drill.outcome(failure, workload);
  const { ready, completes, recovery, running } = outcome;
  if (ready === undefined) return [];
  const found: Guarantee[] = [];
  const add = (summary: string, isWorse: (without: FailureOutcome) => boolean, rest = '') =>
    found.push({
      failure: failure.id,
      workload: name,
      sentence: `${summary}${rest}`,
      summary,
      because: reasons.of(failure, workload, isWorse),
    });
  if (ready > 0) {
    const many = ready === replicas ? `all ${replicas}` : `${ready} of ${replicas}`;
    add(
      `${name} keeps ${replicas === 1 ? 'its only pod' : `${many} pods`} ready`,
      (without) => (without.ready ?? 0) < ready,
    );
  }
  if (recovery.kind === 'within') {
    const { seconds, unboundedParts } = recovery;
    const rest = unboundedParts.length === 0 ? '' : `, plus ${unboundedParts.join(' and ')}`;
    const bound = seconds === 0 ? 'at once' : `within ${describeSeconds(seconds)}`;
    add(`${name} is fully ready again ${bound}`, (without) => isSlower(without, outcome), rest);
  }
  if (completes === true && failure.kind === 'rollout') {
    add(`the rollout of ${name} finishes`, (without) => without.completes === false);
  }
  if (running === 1 && failure.kind === 'rollout') {
    add(`${name} never runs twice`, (without) => (without.running ?? 0) > 1);
  }
  return found;
}

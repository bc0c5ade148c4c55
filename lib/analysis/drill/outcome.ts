import type { Duration } from './duration';

/** How long a workload has too few ready pods, in the worst case. */
export type Recovery =
  | { readonly kind: 'no downtime' }
  /** Guaranteed to recover within the given seconds, plus the parts without a time limit. */
  | ({ readonly kind: 'within' } & Duration)
  /** Recovers only after an event outside the manifests. */
  | ({ readonly kind: 'until'; readonly event: string } & Partial<Waiting>);

/** What keeps pods Pending, or keeps a drain or rollout from finishing. */
export interface Waiting {
  readonly why: string;
  /** Whether the nodes only lack capacity: pods with lower requests would fit on the remaining nodes. */
  readonly lacksRoom?: boolean;
}

/** The effect of a failure on one workload, in the worst of all placements that the scheduler can have chosen. */
export interface FailureOutcome {
  readonly workload: string;
  /** Guaranteed minimum number of ready pods. Undefined if unknown: `unknown` then contains the reasons. */
  readonly ready: number | undefined;
  /** Desired number of pods. */
  readonly of: number;
  /** Maximum number of pods that run at the same time, including pods on unreachable nodes. Undefined if unknown. */
  readonly running: number | undefined;
  /** Whether the drain or rollout is guaranteed to finish; undefined for other failures. */
  readonly completes?: boolean;
  /** Why the drain or rollout may not finish. */
  readonly stuck?: string | undefined;
  /** Whether the drain or rollout may not finish because the nodes lack capacity for the requests. */
  readonly isStuckForRoom?: boolean | undefined;
  readonly recovery: Recovery;
  /** Unavailable dependencies. The workload may be ready without them, but may not work. */
  readonly lacks: readonly string[];
  /** Remarks in sentences. */
  readonly notes: readonly string[];
  /** Why the result, or a part of the result, is unknown. */
  readonly unknown: readonly string[];
  /** Likely effects that are not guaranteed. */
  readonly likely: readonly string[];
}

/** The outcome of a failure that does not affect the workload, except for the given changes. */
export function untouched(
  workload: string,
  of: number,
  changes: Partial<FailureOutcome> = {},
): FailureOutcome {
  return {
    workload,
    ready: of,
    of,
    running: of,
    recovery: { kind: 'no downtime' },
    lacks: [],
    notes: [],
    unknown: [],
    likely: [],
    ...changes,
  };
}

/** The outcome of a failure whose effect on the workload is unknown. */
export function unknownOutcome(workload: string, of: number, why: readonly string[]): FailureOutcome {
  return untouched(workload, of, {
    ready: undefined,
    running: undefined,
    recovery: { kind: 'until', event: 'unknown' },
    unknown: why,
  });
}

/** The worst of several possible outcomes of one workload. */
export function worst(outcomes: readonly FailureOutcome[]): FailureOutcome {
  return outcomes.reduce(worse);
}

function worse(a: FailureOutcome, b: FailureOutcome): FailureOutcome {
  const isUnknown = a.ready === undefined || b.ready === undefined;
  return {
    ...a,
    ready: isUnknown ? undefined : Math.min(a.ready ?? 0, b.ready ?? 0),
    running: a.running === undefined || b.running === undefined ? undefined : Math.max(a.running, b.running),
    ...(a.completes !== undefined && { completes: a.completes && b.completes !== false }),
    ...stuckOf(a.stuck === undefined ? b : a),
    recovery: rank(a.recovery) >= rank(b.recovery) ? a.recovery : b.recovery,
    lacks: union(a.lacks, b.lacks),
    notes: union(a.notes, b.notes),
    unknown: union(a.unknown, b.unknown),
    likely: union(a.likely, b.likely),
  };
}

function stuckOf({
  stuck,
  isStuckForRoom,
}: FailureOutcome): Pick<FailureOutcome, 'stuck' | 'isStuckForRoom'> {
  return { ...(stuck !== undefined && { stuck }), ...(isStuckForRoom !== undefined && { isStuckForRoom }) };
}

/** The fields of an outcome for a drain or rollout that may not finish. */
export function stuckBy({ why, lacksRoom }: Waiting): Pick<FailureOutcome, 'stuck' | 'isStuckForRoom'> {
  return { stuck: why, ...(lacksRoom === true && { isStuckForRoom: true }) };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

/** A number that compares recoveries: a higher number is worse. */
export function rank(recovery: Recovery): number {
  if (recovery.kind === 'no downtime') return -1;
  if (recovery.kind === 'until') return Number.POSITIVE_INFINITY;
  return recovery.seconds;
}

import type { Duration } from './duration';

/** How long a workload is short of what it should have, at worst. */
export type Recovery =
  | { readonly kind: 'never short' }
  /** Guaranteed to end, after the limited seconds and the parts without a limit. */
  | ({ readonly kind: 'within' } & Duration)
  /** Nothing in the manifests ends it: an event does. */
  | ({ readonly kind: 'until'; readonly event: string } & Partial<Waiting>);

/** What keeps pods Pending, or something from its end. */
export interface Waiting {
  readonly why: string;
  /** No rule keeps the pods from the nodes that are left: with lower requests they would have room. */
  readonly lacksRoom?: boolean;
}

/** What a failure does to one workload, whatever the scheduler has chosen before. */
export interface FailureOutcome {
  readonly workload: string;
  /** So many pods are ready at every moment: guaranteed. Undefined: unknown, and `unknown` says why. */
  readonly ready: number | undefined;
  /** So many should be. */
  readonly of: number;
  /** Maximum number of pods that run at the same moment, including those on unreachable nodes. Undefined: unknown. */
  readonly running: number | undefined;
  /** Whether what was begun (a drain, a rollout) is guaranteed to end; undefined where nothing was. */
  readonly completes?: boolean;
  /** Why it may not end. */
  readonly stuck?: string | undefined;
  /** It may not end because requests find no room. */
  readonly isStuckForRoom?: boolean | undefined;
  readonly recovery: Recovery;
  /** What it talks to and that is away meanwhile: ready, it may still be of no use. */
  readonly lacks: readonly string[];
  /** Remarks in sentences. */
  readonly notes: readonly string[];
  /** What the manifests don't say and an answer would need. */
  readonly unknown: readonly string[];
  /** What usually happens, but is not guaranteed. */
  readonly likely: readonly string[];
}

/** Nothing happens to it. */
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
    recovery: { kind: 'never short' },
    lacks: [],
    notes: [],
    unknown: [],
    likely: [],
    ...changes,
  };
}

/** It is not known what happens to it. */
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

/** Why something may not end, as an outcome says it. */
export function stuckBy({ why, lacksRoom }: Waiting): Pick<FailureOutcome, 'stuck' | 'isStuckForRoom'> {
  return { stuck: why, ...(lacksRoom === true && { isStuckForRoom: true }) };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

/** How bad a recovery is. */
export function rank(recovery: Recovery): number {
  if (recovery.kind === 'never short') return -1;
  if (recovery.kind === 'until') return Number.POSITIVE_INFINITY;
  return recovery.seconds;
}

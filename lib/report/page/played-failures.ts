import type { Drill } from '../../analysis/drill/drill';
import type { Failure } from '../../analysis/drill/failure';
import type { FailureOutcome } from '../../analysis/drill/outcome';
import { boxIdOf } from '../../analysis/picture/workloads';
import { describeSeconds } from '../../documents/duration';
import { outcomeSentences } from '../drill-failure';
import { measures } from '../picture/box-shape';
import type { PictureLayout } from '../picture/layout';
import { fitText } from '../picture/text-width';

/**
 * The state of a box of the picture during a failure: no pod runs (down), fewer pods run (short), a workload that it
 * connects to is down (lacks), or the state can't be determined (unknown).
 */
export type PlayedState = 'down' | 'short' | 'lacks' | 'unknown';

/** A simulated failure that the page can show in the picture. */
export interface PlayedFailure {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** The states by box number, such as `b3`. Boxes that are not affected are left out. */
  readonly boxes: Readonly<Record<string, readonly [state: PlayedState, status: string]>>;
  /** The names of the lost nodes. */
  readonly nodes: readonly string[];
  readonly sentences: readonly string[];
}

/** All failures that the drill simulates, and the loss of each node. */
export function playedFailures(
  drill: Drill,
  { boxes }: Pick<PictureLayout, 'boxes'>,
  order: readonly string[],
): PlayedFailure[] {
  const numbers = new Map(order.map((id, index) => [id, `b${index}`]));
  const inner = new Map(boxes.map((shape) => [shape.box.id, shape.inner]));
  const own = drill.workloads.map(boxIdOf);
  return [...drill.nodeLosses, ...drill.failures].map((failure): PlayedFailure => {
    const outcomes = drill.play(failure);
    const states: Record<string, readonly [PlayedState, string]> = {};
    outcomes.forEach((outcome, index) => {
      const id = own[index] ?? '';
      const [number, width] = [numbers.get(id), inner.get(id)];
      const played = stateOf(outcome);
      if (number !== undefined && width !== undefined && played !== undefined)
        states[number] = [played[0], fitText(played[1], measures.detail, width)];
    });
    const outside = failure.kind === 'external' ? numbers.get(`external ${failure.service}`) : undefined;
    if (outside !== undefined) states[outside] = ['down', ''];
    return {
      ...{ id: failure.id, title: failure.title, group: groupOf(failure), boxes: states },
      nodes: lostNodes(drill, failure),
      sentences: outcomeSentences(outcomes),
    };
  });
}

function groupOf(failure: Failure): string {
  switch (failure.kind) {
    case 'node-lost':
      return failure.node === undefined ? 'A node, in the worst case' : 'A node';
    case 'node-lost-again':
    case 'node-lost-in-rollout':
    case 'node-drained':
    case 'volume-node-lost':
      return 'A node, in the worst case';
    case 'rollout':
    case 'bad-image':
      return 'A rollout of a workload';
    case 'crash':
      return 'A workload';
    default:
      return 'A service outside the cluster';
  }
}

function lostNodes(drill: Drill, failure: Failure): string[] {
  const { nodes } = drill.cluster.facts;
  if (failure.kind === 'zone-lost')
    return nodes.filter(({ zone }) => zone === failure.zone).map(({ name }) => name);
  if (!('node' in failure) || failure.node === undefined) return [];
  return nodes.slice(failure.node, failure.node + 1).map(({ name }) => name);
}

/** The state, with the sign and words to show. Undefined if the workload is not affected. */
function stateOf(outcome: FailureOutcome): readonly [PlayedState, string] | undefined {
  const { ready, of, lacks, completes } = outcome;
  if (ready === undefined) return ['unknown', '? unknown'];
  if (ready === 0 && of > 0) return ['down', `✕ down${recoveryWords(outcome, 'back')}`];
  if (ready < of) return ['short', `▲ ${ready} of ${of}${recoveryWords(outcome, 'all')}`];
  if (completes === false) return ['short', '▲ may never end'];
  if (lacks.length > 0) return ['lacks', `◆ lacks ${lacks.join(', ')}`];
  return undefined;
}

function recoveryWords({ recovery }: FailureOutcome, what: 'back' | 'all'): string {
  if (recovery.kind === 'until') return ` until ${recovery.event}`;
  if (recovery.kind === 'no downtime') return '';
  const plus = recovery.unboundedParts.length > 1 ? '+' : '';
  return recovery.seconds === 0 ? '' : `, ${what} in ${describeSeconds(recovery.seconds)}${plus}`;
}

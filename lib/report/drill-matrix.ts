import type { Drill } from '../analysis/drill/drill';
import type { Failure } from '../analysis/drill/failure';
import type { FailureOutcome } from '../analysis/drill/outcome';
import { paint } from './paint';
import { describeTable } from './table';
import { wrap } from './wrap';

/** Above so many workloads the matrix is summarized. */
const mostColumns = 50;

/** Failures that a summarized matrix leaves out: their number grows with the workloads. */
const ofOne: readonly Failure['kind'][] = ['crash', 'external', 'volume-node-lost'];

/** The failures in a matrix. A large one leaves out those of one workload or one service. */
export function matrixFailures({ failures, workloads }: Drill): readonly Failure[] {
  return workloads.length > mostColumns ? failures.filter(({ kind }) => !ofOne.includes(kind)) : failures;
}

/** What the words and signs of `outcomeCell` mean. */
export const outcomeLegend =
  'ok: all pods stay ready; n/m: at least n of m do. -: a workload that it connects to is down. !: a rollout or drain may never end. ?: unknown.';

/**
 * The failures by the workloads. It has the size of a screen, however many there are of both.
 *
 * @param width the width of the table, by default that of its text
 */
export function drillMatrix(
  drill: Drill,
  colour: boolean,
  width: number | undefined,
  textWidth: number,
): string[] {
  const isLarge = drill.workloads.length > mostColumns;
  const failures = matrixFailures(drill);
  const rows = failures.map((failure) => drill.play(failure));
  const columns = new Map<string, { readonly outcomes: FailureOutcome[]; readonly names: string[] }>();
  drill.workloads.forEach(({ name }, index) => {
    const outcomes = rows.flatMap((row) => row[index] ?? []);
    const key = isLarge ? outcomes.map(outcomeCell).join() : String(index);
    const same = columns.get(key);
    if (same === undefined) columns.set(key, { outcomes, names: [name] });
    else same.names.push(name);
  });
  const shown = [...columns.values()].slice(0, isLarge ? mostColumns : undefined);
  const hidden = drill.workloads.length - shown.reduce((sum, { names }) => sum + names.length, 0);
  return [
    ...describeTable(
      { head: 'when', cells: failures.map(({ id }) => id) },
      shown.map(({ names: [first = '', ...others], outcomes }) => ({
        head: others.length === 0 ? first : `${first} +${others.length}`,
        cells: outcomes.map(outcomeCell),
        ...(colour && { painted: outcomes.map(painted) }),
      })),
      width,
    ),
    ...(isLarge ? ['', ...wrap(shared(hidden), textWidth, '')] : []),
  ];
}

function shared(hidden: number): string {
  const left = hidden === 0 ? '' : ` ${hidden} workloads with other results are left out.`;
  return `Workloads with the same results share a column: +2 counts two others.${left} Failures of one workload or one service are only below. npx honeydue drill --format json lists all results.`;
}

/** An outcome in a few characters. */
export function outcomeCell({ ready, of, lacks, completes }: FailureOutcome): string {
  const count = ready === undefined ? '?' : ready === of ? 'ok' : `${ready}/${of}`;
  return `${count}${completes === false ? '!' : ''}${lacks.length > 0 ? ' -' : ''}`;
}

/** Red for a workload that is down, yellow for one with fewer pods, grey for one that is not affected. */
function painted(outcome: FailureOutcome): string {
  const { ready, of } = outcome;
  if (ready === of) return paint('dim', outcomeCell(outcome));
  return paint(ready === undefined || ready === 0 ? ['bold', 'red'] : 'yellow', outcomeCell(outcome));
}

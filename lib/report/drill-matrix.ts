import type { Drill } from '../analysis/drill/drill';
import type { Failure } from '../analysis/drill/failure';
import type { FailureOutcome } from '../analysis/drill/outcome';
import { paint } from './paint';
import { describeTable } from './table';
import { wrap } from './wrap';

/** A matrix with more workloads than this is summarized. */
const mostColumns = 50;

/** Kinds of failures that a summarized matrix leaves out, because their number grows with the number of workloads. */
const failuresOfOneWorkload: readonly Failure['kind'][] = ['crash', 'external', 'volume-node-lost'];

/**
 * The failures that a matrix shows. A summarized matrix leaves out failures of one workload or one external service.
 */
export function matrixFailures({ failures, workloads }: Drill): readonly Failure[] {
  return workloads.length > mostColumns
    ? failures.filter(({ kind }) => !failuresOfOneWorkload.includes(kind))
    : failures;
}

/** Explains the cells that `outcomeCell` prints. */
export const outcomeLegend =
  'ok = all pods stay ready; n/m = at least n of m pods stay ready; - = a workload that this workload connects to is down; ! = a rollout or drain may never end; ? = unknown.';

/**
 * Prints a table of failures and workloads. A summarized table fits on a screen, however many workloads there are.
 *
 * @param width the maximum width of the table. @default as wide as its text
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
  return `Workloads with the same results share a column: the head "web +2" means web and two other workloads.${left} Failures of one workload or one external service are only in the list below. npx honeydue drill --format json lists all results.`;
}

/** Formats an outcome as a table cell, such as `ok` or `1/2`. */
export function outcomeCell({ ready, of, lacks, completes }: FailureOutcome): string {
  const count = ready === undefined ? '?' : ready === of ? 'ok' : `${ready}/${of}`;
  return `${count}${completes === false ? '!' : ''}${lacks.length > 0 ? ' -' : ''}`;
}

/**
 * Colours a cell: red if the workload is down, yellow if it has fewer pods than usual, grey if it is not affected.
 */
function painted(outcome: FailureOutcome): string {
  const { ready, of } = outcome;
  if (ready === of) return paint('dim', outcomeCell(outcome));
  return paint(ready === undefined || ready === 0 ? ['bold', 'red'] : 'yellow', outcomeCell(outcome));
}

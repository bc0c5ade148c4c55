import { describeTable } from '../table';
import { wrap } from '../wrap';
import type { ReportTable } from './report-table';

/** The width if the output is not a terminal. */
const fileWidth = 110;

/** Prints a table of the report for a terminal. */
export function tableText({ title, about, columns, rows, notes }: ReportTable, width = fileWidth): string {
  const [first, ...others] = columns.map(({ head, isNumeric }, index) => {
    const cells = rows.map((row) => row[index]?.text ?? '');
    return isNumeric === true ? alignedRight(head, cells) : { head, cells };
  });
  const lines = [
    title.toUpperCase(),
    ...about.flatMap((text) => wrap(text, width, '')),
    '',
    ...(first === undefined ? [] : describeTable(first, others, width)),
    ...notes.flatMap((text) => ['', ...wrap(text, width, '')]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function alignedRight(head: string, cells: readonly string[]) {
  const width = Math.max(head.length, ...cells.map(({ length }) => length));
  return { head: head.padStart(width), cells: cells.map((cell) => cell.padStart(width)) };
}

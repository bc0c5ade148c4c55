/** One column: its heading, and the cells below. */
export interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  /** The same cells with terminal colours. @default no colours */
  readonly painted?: readonly string[];
}

const gap = '  ';

/**
 * Prints a table whose columns are as wide as their longest cell. Columns that do not fit into the width are printed
 * as another table below, after a copy of the first column.
 */
export function describeTable(
  first: Column,
  columns: readonly Column[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const own = widthOf(first);
  const blocks: Column[][] = [[]];
  let used = own;
  for (const column of columns) {
    const more = gap.length + widthOf(column);
    const block = blocks.at(-1) ?? [];
    if (block.length > 0 && used + more > width) {
      blocks.push([column]);
      used = own + more;
    } else {
      block.push(column);
      used += more;
    }
  }
  return blocks.flatMap((block, index) => [...(index === 0 ? [] : ['']), ...rows(first, block)]);
}

function rows(first: Column, columns: readonly Column[]): string[] {
  const widths = new Map([first, ...columns].map((column) => [column, widthOf(column)]));
  const padding = (column: Column, text: string) => ' '.repeat((widths.get(column) ?? 0) - text.length);
  const line = (head: string, cells: readonly string[]) => [head, ...cells].join(gap).trimEnd();
  const head = columns.map((column) => column.head + padding(column, column.head));
  return [
    line(first.head + padding(first, first.head), head),
    ...first.cells.map((name, row) =>
      line(
        name + padding(first, name),
        columns.map((column) => {
          const text = column.cells[row] ?? '';
          return (column.painted?.[row] ?? text) + padding(column, text);
        }),
      ),
    ),
  ];
}

function widthOf({ head, cells }: Column): number {
  return cells.reduce((width, { length }) => Math.max(width, length), head.length);
}

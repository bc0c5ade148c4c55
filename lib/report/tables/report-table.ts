/** The line of a file that a cell comes from. */
export interface CellPlace {
  readonly file: string;
  readonly line?: number | undefined;
}

/** One value of a table, as plain text. */
export interface TableCell {
  readonly text: string;
  /** The line that the cell comes from. @default none */
  readonly place?: CellPlace | undefined;
}

export interface TableColumn {
  readonly head: string;
  /** Whether the cells are numbers, which are aligned to the right. @default false */
  readonly isNumeric?: boolean;
}

/** A table of the report, as plain data: each format renders the same tables. */
export interface ReportTable {
  /** The name of the file and of the anchor of the table, such as `services`. */
  readonly id: string;
  readonly title: string;
  /** Sentences before the table. */
  readonly about: readonly string[];
  readonly columns: readonly TableColumn[];
  /** Each row has a cell for each column. */
  readonly rows: readonly (readonly TableCell[])[];
  /** Sentences after the table. */
  readonly notes: readonly string[];
}

/** A table before its empty columns are removed. */
export interface TableDraft {
  readonly id: string;
  readonly title: string;
  readonly about?: readonly string[];
  /** The headings. A heading in a list is for a column of numbers. */
  readonly columns: readonly (string | readonly [numeric: string])[];
  readonly rows: readonly (readonly (TableCell | string)[])[];
  readonly notes?: readonly string[];
}

/** The table without columns that are empty in every row. No table if there are no rows. */
export function reportTable({ id, title, about = [], columns, rows, notes = [] }: TableDraft): ReportTable[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)));
  const kept = columns.flatMap((_, index) =>
    cells.some((row) => (row[index]?.text ?? '') !== '') ? [index] : [],
  );
  return [
    {
      ...{ id, title, about, notes },
      columns: kept.map((index): TableColumn => {
        const column = columns[index] ?? '';
        return typeof column === 'string' ? { head: column } : { head: column[0], isNumeric: true };
      }),
      rows: cells.map((row) => kept.map((index) => row[index] ?? { text: '' })),
    },
  ];
}

import { escaped, joined, type Markup, tag } from '../picture/markup';
import type { CellPlace, ReportTable, TableCell } from '../tables/report-table';

/** One section for each table of the report. */
export function tableSections(tables: readonly ReportTable[]): Markup {
  return joined(tables.map(tableSection));
}

function tableSection({ id, title, about, columns, rows, notes }: ReportTable): Markup {
  const heading = `table-${id}`;
  return tag(
    'section',
    { id, class: 'table' },
    tag('h2', { id: heading }, escaped(title)),
    ...about.map((sentence) => tag('p', {}, escaped(sentence))),
    tag(
      'div',
      { class: 'scroll', role: 'region', tabindex: '0', 'aria-labelledby': heading },
      tag(
        'table',
        {},
        tag(
          'thead',
          {},
          tag(
            'tr',
            {},
            ...columns.map(({ head, isNumeric }) =>
              tag('th', { scope: 'col', class: isNumeric ? 'number' : undefined }, escaped(head)),
            ),
          ),
        ),
        tag(
          'tbody',
          {},
          ...rows.map((row, number) =>
            tag(
              'tr',
              {},
              ...row.map((cell, index) =>
                index === 0
                  ? headCell(cell)
                  : cellMarkup(cell, rows[number - 1]?.[index], columns[index]?.isNumeric === true),
              ),
            ),
          ),
        ),
      ),
    ),
    ...(notes.length === 0
      ? []
      : [
          tag(
            'details',
            { class: 'notes' },
            tag('summary', {}, escaped('Notes')),
            tag('ul', {}, ...notes.map((note) => tag('li', {}, escaped(note)))),
          ),
        ]),
  );
}

/** The first cell of a row, with its place. */
function headCell({ text: words, place }: TableCell): Markup {
  const where = describePlace(place);
  return tag(
    'th',
    { scope: 'row' },
    escaped(words),
    ...(where === undefined ? [] : [tag('span', { class: 'place' }, escaped(where))]),
  );
}

/** A cell. Its place is left out if the cell above has the same place. */
function cellMarkup(
  { text: words, place }: TableCell,
  above: TableCell | undefined,
  isNumeric: boolean,
): Markup {
  const where = describePlace(place);
  const title = where === describePlace(above?.place) ? undefined : where;
  return tag('td', { class: isNumeric ? 'number' : undefined, title }, escaped(words));
}

function describePlace(place: CellPlace | undefined): string | undefined {
  if (place === undefined) return undefined;
  return place.line === undefined ? place.file : `${place.file}:${place.line}`;
}

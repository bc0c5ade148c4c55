import { joined, type Markup, tag, text } from '../picture/markup';
import type { ReportTable, TableCell } from '../tables/report-table';

/** The tables of a report, each in a section of its own. */
export function tableSections(tables: readonly ReportTable[]): Markup {
  return joined(tables.map(tableSection));
}

function tableSection({ id, title, about, columns, rows, notes }: ReportTable): Markup {
  const heading = `table-${id}`;
  return tag(
    'section',
    { id, class: 'table' },
    tag('h2', { id: heading }, text(title)),
    ...about.map((sentence) => tag('p', {}, text(sentence))),
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
              tag('th', { scope: 'col', class: isNumeric ? 'number' : undefined }, text(head)),
            ),
          ),
        ),
        tag(
          'tbody',
          {},
          ...rows.map((row) =>
            tag(
              'tr',
              {},
              ...row.map((cell, index) => cellMarkup(cell, index === 0, columns[index]?.isNumeric === true)),
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
            tag('summary', {}, text('Notes')),
            tag('ul', {}, ...notes.map((note) => tag('li', {}, text(note)))),
          ),
        ]),
  );
}

function cellMarkup({ text: words, place }: TableCell, isHead: boolean, isNumeric: boolean): Markup {
  const title =
    place === undefined ? undefined : [place.file, place.line].filter((each) => each !== undefined).join(':');
  return tag(
    isHead ? 'th' : 'td',
    { scope: isHead ? 'row' : undefined, class: isNumeric ? 'number' : undefined, title },
    text(words),
  );
}

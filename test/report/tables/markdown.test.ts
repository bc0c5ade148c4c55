import { bookFiles, escapeMarkdown, tablesMarkdown } from '../../../lib/report/tables/markdown';
import { reportTable } from '../../../lib/report/tables/report-table';

const draft = { id: 'prices', title: 'Prices', columns: ['What', ['Amount']], rows: [['tea', '3']] } as const;

describe('a table', () => {
  test('aligns numbers to the right', () => {
    expect(tablesMarkdown(reportTable(draft))).toBe(
      '## Prices\n\n| What | Amount |\n| --- | ---: |\n| tea | 3 |\n',
    );
  });

  test('without a row is left out', () => {
    expect(reportTable({ ...draft, rows: [] })).toEqual([]);
  });

  test('has no column that is empty in every row', () => {
    const [table] = reportTable({
      ...draft,
      rows: [
        ['tea', ''],
        ['milk', ''],
      ],
    });
    expect(table?.columns).toEqual([{ head: 'What' }]);
    expect(table?.rows).toEqual([[{ text: 'tea' }], [{ text: 'milk' }]]);
  });

  test('is a file of its own in the book, which the index names', () => {
    const [index, file] = bookFiles('shop', reportTable(draft));
    expect(index).toMatchObject({
      path: 'README.md',
      text: expect.stringContaining('# shop\n\n- [Prices](prices.md)\n'),
    });
    expect(file).toMatchObject({
      path: 'prices.md',
      text: expect.stringMatching(/^<!-- Generated .*-->\n# Prices\n/),
    });
  });
});

describe('Markdown', () => {
  test.each([
    ['a|b', 'a\\|b'],
    ['two\nlines', 'two lines'],
    ['a\r\n\r\nb', 'a b'],
    ['<b> & *', '&lt;b> &amp; \\*'],
    ['POSTGRES_PASSWORD', 'POSTGRES\\_PASSWORD'],
    ['`code` [link]', '\\`code\\` \\[link\\]'],
    ['C:\\|', 'C:\\\\\\|'],
  ])('shows %j literally', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { applyCases, foreseenVerdict, readObservedApplies } from './applies';
import { markdownTable } from './markdown-table';

expect.extend({ toMatchFile });

const observed = readObservedApplies();

const rows = applyCases.map((each) => {
  const { server, words } = observed[each.id] ?? { server: 'not observed', words: '' };
  const foreseen = foreseenVerdict(each);
  return { id: each.id, server, foreseen, words };
});

test('every case was judged by a server', () => {
  expect(Object.keys(observed).sort()).toEqual(applyCases.map(({ id }) => id));
});

test('the table says what the server answers to a second apply and what impact says of it', () => {
  const equal = rows.filter(({ server, foreseen }) => server === foreseen).length;
  const table = markdownTable(
    ['case', 'server', 'impact', 'equal', 'the words of the server'],
    rows.map(({ id, server, foreseen, words }) => [
      id,
      server,
      foreseen,
      server === foreseen ? 'yes' : server === 'refused' ? '**missed**' : '**false alarm**',
      words,
    ]),
  );
  const text = [
    '# What `impact` says of a second apply, and what the API server answers',
    'The inputs are `test/cases/applies/<case>-base.yaml`, then `<case>-head.yaml`. The server is recorded by `npm run test:cluster`.',
    `${rows.length} cases: ${equal} equal, ${rows.length - equal} different.`,
    table,
  ];
  expect(`${text.join('\n\n')}\n`).toMatchFile(join(__dirname, '__snapshots__', 'applies.md'));
});

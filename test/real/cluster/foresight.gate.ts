import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { clusterNodes } from '../../../lib/deployment/config/cluster-nodes';
import { topologyOf } from '../../../lib/deployment/model/addresses';
import { production } from '../../support/production';
import { applyCases, foreseenVerdict } from './applies';
import { editCases } from './edits';
import type { ObservedEdit } from './edits/edit-run';
import { failureCases, guaranteed, titleOf } from './failures/failure-cases';
import { type RecordedFailure, worseThan } from './failures/failure-run';
import { differences, foreseenEdit, observedFiles } from './foresight';
import { edited, failed, observedWords } from './foresight-words';
import { knownDifferences } from './known-differences';
import { markdownTable } from './markdown-table';
import { readRecord } from './record';
import type { Answered } from './servers/apply';

expect.extend({ toMatchFile });

/** One line of the table. */
interface Row {
  readonly name: string;
  readonly foreseen: string;
  readonly servers: string;
  /** What was not foreseen, or foreseen and did not happen; empty where they agree. */
  readonly differs: readonly string[];
}

const topology = topologyOf(production.model);
const nodes = clusterNodes(production.model);
const [applies, edits, failures] = [
  readRecord<Answered>(observedFiles.applies),
  readRecord<ObservedEdit>(observedFiles.edits),
  readRecord<RecordedFailure>(observedFiles.failures),
];

const sections: readonly {
  readonly title: string;
  readonly observed: object;
  readonly rows: readonly Row[];
}[] = [
  {
    title: 'Edits of production: what `impact` says, and what the servers do',
    observed: edits,
    rows: editCases().flatMap(({ title, base, head }): Row[] => {
      const seen = edits[title];
      if (seen === undefined) return [];
      const foreseen = foreseenEdit(base, head, topology, nodes);
      return [
        {
          name: title,
          foreseen: edited(foreseen),
          servers: observedWords(seen),
          differs: differences(foreseen, seen),
        },
      ];
    }),
  },
  {
    title: 'Failures of production: what `drill` guarantees, and what the servers do',
    observed: failures,
    rows: failureCases.flatMap((each): Row[] => {
      const name = titleOf(each);
      const seen = failures[name];
      const outcome = [...guaranteed(each)].find(([key]) => key.endsWith(`/${each.workload}`))?.[1];
      if (seen === undefined || outcome === undefined) return [];
      const differs = worseThan(outcome, seen);
      return [{ name, foreseen: failed.guaranteed(outcome), servers: failed.seen(seen), differs }];
    }),
  },
  {
    title: 'Second applies of any manifests: what `impact` says, and what the API server answers',
    observed: applies,
    rows: applyCases.flatMap((each): Row[] => {
      const seen = applies[each.id];
      if (seen === undefined) return [];
      const foreseen = foreseenVerdict(each);
      const differs =
        foreseen === seen.server ? [] : [seen.server === 'refused' ? 'missed: the refusal' : 'false alarm'];
      return [{ name: each.id, foreseen, servers: observedWords({ ...seen, effects: {} }), differs }];
    }),
  },
];

test.each(sections)('every case was played on the servers: $title', ({ observed, rows }) => {
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(observed));
});

test('an edit or a failure that differs from what was foreseen is known, with the reason', () => {
  const rows = sections.filter(({ observed }) => observed !== applies).flatMap((each) => each.rows);
  const different = rows.filter(({ differs }) => differs.length > 0).map(({ name }) => name);
  expect(different.sort()).toEqual(Object.keys(knownDifferences).sort());
});

test('the table says what was foreseen and what happened', () => {
  const parts = sections.map(({ title, rows }) => {
    const different = rows.filter(({ differs }) => differs.length > 0).length;
    const table = markdownTable(
      ['case', 'foreseen', 'the servers', 'equal', 'why not'],
      rows.map(({ name, foreseen, servers, differs }) => [
        ...[name, foreseen, servers],
        differs.length === 0 ? 'yes' : `**${differs.join('; ')}**`,
        knownDifferences[name] ?? '',
      ]),
    );
    const counts = `${rows.length} cases: ${rows.length - different} equal, ${different} different.`;
    return `## ${title}\n\n${counts}\n\n${table}`;
  });
  const text = ['# Foresight', intro, ...parts].join('\n\n');
  expect(`${text}\n`).toMatchFile(join(__dirname, 'foresight.md'));
});

const intro = `What \`impact\` and \`drill\` say beforehand, and what real servers did: \`npm run test:cluster\` records the servers in
\`observed/\`, and \`npm test -- --config jest.gate.mjs foresight -u\` writes this table after a change of the analysis. Times are not compared: the
simulated pods live twenty times faster than they state.`;

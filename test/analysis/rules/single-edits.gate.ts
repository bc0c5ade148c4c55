import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { rules } from '../../../lib/analysis/rules';
import { noticed, singleEdits, singleEditsOfCases } from './single-edits';

expect.extend({ toMatchFile });

const edits = singleEdits();
const ofCases = new Map(rules.map(({ id }) => [id, singleEditsOfCases(id)]));
const count = edits.length + [...ofCases.values()].flat().length;
const said = rules.map((rule) => noticed(rule, [...edits, ...(ofCases.get(rule.id) ?? [])]));

test('every rule can read manifests with any one value missing or replaced', () => {
  expect(count).toBeGreaterThan(3500);
  expect(said.filter((text) => text.includes("can't be checked"))).toEqual([]);
});

test('every rule notices the same single edits as it did', () => {
  const head = `# What each rule says of ${count} single edits of the good manifests and of its own cases, and of how many\n`;
  expect([head, ...said].join('\n')).toMatchFile(join(__dirname, '__snapshots__', 'single-edits.md'));
});

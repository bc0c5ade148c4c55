import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesDocument } from '../imports/rules/document';
import { rules } from '../lib/checks/rules';
import { run } from '../lib/checks/run';
import { acknowledgements, casesByRule, facts, findingsOf, goodManifests } from '../test/checks/cases';
import { told } from '../test/checks/told';

/** What `test/checks/rules.test.ts` and `npm run imports -- --check` hold, one case a test. */
const root = join(__dirname, '..');
const snapshot = join(root, 'test', 'checks', '__snapshots__', 'broken-manifests.md');
const recorded = new Set(
  readFileSync(snapshot, 'utf8')
    .split(/^(?=## )/m)
    .map((entry) => entry.trim()),
);

test('the document of the rules', () => {
  for (const { path, text } of rulesDocument(root)) expect(text).toBe(readFileSync(join(root, path), 'utf8'));
});

for (const [id, cases] of casesByRule) {
  for (const each of cases) {
    test(`${id}: ${each.title}`, () => {
      if (each.complies) expect(findingsOf(id, each) ?? []).toEqual([]);
      else expect(recorded.has(told(id, each).trim())).toBe(true);
    });
  }
}

for (const rule of rules) {
  test(`${rule.id}: the good manifests`, () => {
    expect(run(goodManifests, [rule], { facts, acknowledgements }).open).toEqual([]);
  });
}

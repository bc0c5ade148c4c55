import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../lib/analysis/rules';
import { run } from '../lib/analysis/rules/run';
import type { Manifests } from '../lib/kubernetes/manifests';
import {
  acknowledgements,
  casesByRule,
  facts,
  findingsOf,
  goodManifests,
  unknownKinds,
} from '../test/analysis/rules/cases';
import { describeCase } from '../test/analysis/rules/describe-case';
import { noticed, singleEdits, singleEditsOfCases } from '../test/analysis/rules/single-edits';

/**
 * The checks of `test/analysis/rules/rules.test.ts` and `test/analysis/rules/single-edits.gate.ts`, one case for each
 * test.
 */
const root = join(__dirname, '..');

/** The sections of a snapshot. */
function recorded(name: string): ReadonlySet<string> {
  const text = readFileSync(join(root, 'test', 'analysis', 'rules', '__snapshots__', name), 'utf8');
  return new Set(text.split(/^(?=## )/m).map((section) => section.trim()));
}

const brokenManifests = recorded('broken-manifests.md');
const notices = recorded('single-edits.md');
let edits: readonly Manifests[] | undefined;

for (const [id, cases] of casesByRule) {
  for (const each of cases) {
    test(`${id}: ${each.title}`, () => {
      if (each.complies) expect(findingsOf(id, each) ?? []).toEqual([]);
      else expect(brokenManifests.has(describeCase(id, each, findingsOf(id, each)).trim())).toBe(true);
    });
  }
}

for (const rule of rules) {
  test(`${rule.id}: the good manifests`, () => {
    expect(run(goodManifests, [rule], { facts, acknowledgements }).open).toEqual([]);
  });
}

for (const rule of rules) {
  test(`${rule.id}: the good manifests, and no facts`, () => {
    expect(run(goodManifests, [rule], { acknowledgements }).open).toEqual([]);
  });
}

for (const rule of rules) {
  test(`${rule.id}: its kinds`, () => {
    expect(unknownKinds(rule)).toEqual([]);
  });
}

for (const rule of rules) {
  test(`${rule.id}: single edits`, () => {
    edits ??= singleEdits();
    expect(notices.has(noticed(rule, [...edits, ...singleEditsOfCases(rule.id)]).trim())).toBe(true);
  });
}

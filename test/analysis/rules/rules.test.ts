import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { rules } from '../../../lib/analysis/rules';
import { run } from '../../../lib/analysis/rules/run';
import {
  acknowledgements,
  type Case,
  casesByRule,
  facts,
  findingsOf,
  goodManifests,
  unknownKinds,
} from './cases';
import { describeCase } from './describe-case';

expect.extend({ toMatchFile });

const found = new Map<Case, ReturnType<typeof findingsOf>>();

/** What a rule says of a case, asked once. */
function findingsOnce(id: string, each: Case): ReturnType<typeof findingsOf> {
  if (!found.has(each)) found.set(each, findingsOf(id, each));
  return found.get(each);
}

const violating = (cases: readonly Case[]) => cases.filter(({ complies }) => !complies);

test('no rule has anything to say about the good manifests', () => {
  const { open } = run(goodManifests, rules, { facts, acknowledgements });
  expect(open.map(({ rule, object, path, message }) => `${rule.id}: ${object} ${path} ${message}`)).toEqual(
    [],
  );
});

test('a rule that lacks a fact has nothing to say either', () => {
  expect(run(goodManifests, rules, { acknowledgements }).open).toEqual([]);
});

test('every rule names the kinds that it is about', () => {
  expect(rules.filter((rule) => unknownKinds(rule).length > 0).map(({ id }) => id)).toEqual([]);
});

test('every rule has its cases, and every file of cases its rule', () => {
  expect([...casesByRule.keys()].sort()).toEqual(rules.map(({ id }) => id).sort());
});

describe.each([...casesByRule])('%s', (id, cases) => {
  test('has a case that breaks it, and looks at the good manifests or at a case that complies', () => {
    expect(violating(cases)).not.toEqual([]);
    const looked = [{ title: 'good' }, ...cases.filter(({ complies }) => complies)].map((each) =>
      findingsOnce(id, each),
    );
    expect(looked).toContainEqual([]);
  });

  test.each(cases)('$title', (each) => {
    const messages = findingsOnce(id, each)?.map(({ path, message }) => `${path}: ${message}`) ?? [];
    if (each.complies) expect(messages).toEqual([]);
    else expect(messages).not.toEqual([]);
  });
});

test('a broken manifest gets a message with the error and the fix', () => {
  const entries = [...casesByRule].flatMap(([id, cases]) =>
    violating(cases).map((each) => describeCase(id, each, findingsOnce(id, each))),
  );
  expect(['# What a broken manifest is told\n', ...entries].join('\n')).toMatchFile(
    join(__dirname, '__snapshots__', 'broken-manifests.md'),
  );
});

import { objectsOf } from '../../lib/checks/parts';
import { type Rule, rule } from '../../lib/checks/rule';
import { annotations } from '../../lib/checks/rules/annotations';
import { dataKeys } from '../../lib/checks/rules/data-keys';
import { recreateHasNoRollingUpdate } from '../../lib/checks/rules/recreate-has-no-rolling-update';
import { run } from '../../lib/checks/run';
import type { KubernetesObject } from '../../lib/documents/kubernetes';

const about = {
  sentence: 'Every ConfigMap is called a.',
  why: 'Because.',
  source: 'ours',
  severity: 'high',
  fix: 'Call it a.',
} as const;

function named(id: string, severity: Rule['severity'] = 'high'): Rule {
  return rule({
    ...about,
    id,
    severity,
    parts: objectsOf('ConfigMap'),
    faults: ({ metadata }) => [metadata?.name !== 'a' && { path: 'metadata.name', must: 'be a' }],
  });
}

function configMap(name: string, data: Record<string, string> = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data };
}

const objects = [configMap('a'), configMap('b'), configMap('c')];

describe('a run', () => {
  test('names object, path, value and limit of every violation', () => {
    expect(
      run(objects, [named('name')]).open.map(({ object, path, message }) => [object, path, message]),
    ).toEqual([
      ['ConfigMap shop/b', 'metadata.name', 'is "b"; it must be a'],
      ['ConfigMap shop/c', 'metadata.name', 'is "c"; it must be a'],
    ]);
  });

  test('brings what is worst first', () => {
    const { open } = run(objects, [named('low', 'low'), named('critical', 'critical')]);
    expect(open.map(({ rule: { id } }) => id)).toEqual(['critical', 'critical', 'low', 'low']);
  });

  test('takes a rule that throws for one that is broken', () => {
    const throwing = rule({
      ...about,
      id: 'throwing',
      parts: objectsOf('ConfigMap'),
      faults: () => {
        throw new Error('out of luck');
      },
    });
    expect(run([configMap('a')], [throwing]).open[0]?.message).toContain("can't be checked (out of luck)");
  });

  test('says which rules had nothing to look at', () => {
    expect(run([], [named('name')]).idle.map(({ id }) => id)).toEqual(['name']);
  });

  test('fails where a rule had nothing to look at and should have had', () => {
    const { open } = run([], [named('name')], { expected: ['ConfigMap'] });
    expect(open.map(({ object, message }) => `${object}: ${message}`)).toEqual([
      expect.stringContaining('the documents: the rule looked at nothing'),
    ]);
  });

  test('takes a deployment in which nothing is recreated', () => {
    const { open } = run([], [recreateHasNoRollingUpdate], { expected: ['Deployment'] });
    expect(open).toEqual([]);
  });

  test('lets a rule look at nothing that is rarely needed', () => {
    expect(run([], [{ ...named('name'), rare: true }], { expected: ['ConfigMap'] }).open).toEqual([]);
  });

  test('never shows what a Secret holds', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { 'a b': 'aHVudGVyMg==' },
    };
    const messages = run([secret], [dataKeys]).open.map(({ message }) => message);
    expect(messages).toEqual([expect.not.stringContaining('aHVudGVyMg==')]);
  });

  test('looks at the rest of an object whose one field has a wrong type', () => {
    const broken = { ...configMap('b'), data: { key: 5 } } as unknown as KubernetesObject;
    expect(run([broken], [named('name')]).open.map(({ path }) => path)).toEqual(['metadata.name']);
  });
});

describe('an acknowledgement', () => {
  const reason = 'It was called so before.';

  test('takes its findings out of the open ones, with its reason', () => {
    const acknowledgements = [{ rule: 'name', objects: ['ConfigMap shop/b'], reason }];
    const { open, acknowledged } = run(objects, [named('name')], { acknowledgements });
    expect(open.map(({ object }) => object)).toEqual(['ConfigMap shop/c']);
    expect(acknowledged.map(({ finding, ...rest }) => [finding.object, rest.reason])).toEqual([
      ['ConfigMap shop/b', reason],
    ]);
  });

  test('is for its own rule alone', () => {
    const acknowledgements = [{ rule: 'other', objects: ['ConfigMap shop/b'], reason }];
    expect(run([configMap('b')], [named('name')], { acknowledgements }).open).toHaveLength(1);
  });

  test('may leave a part of the name open', () => {
    const acknowledgements = [{ rule: 'name', objects: ['ConfigMap shop/*'], reason }];
    expect(run(objects, [named('name')], { acknowledgements }).open).toEqual([]);
  });

  test.each(['ConfigMap shop/bc', 'ConfigMap *', 'ConfigMap shop.b'])(
    'of %s does not stand for ConfigMap shop/b by chance',
    (object) => {
      const acknowledgements = [{ rule: 'name', objects: [object], reason }];
      const { open } = run([configMap('b')], [named('name')], { acknowledgements });
      expect(open).toHaveLength(object === 'ConfigMap *' ? 0 : 1);
    },
  );

  test('that meets no finding is named', () => {
    const acknowledgements = [{ rule: 'name', objects: ['ConfigMap shop/b', 'ConfigMap shop/a'], reason }];
    expect(run(objects, [named('name')], { acknowledgements }).unused).toMatchObject([
      { acknowledgement: 0, object: 1 },
    ]);
  });
});

describe('a limit of size', () => {
  const mebibyte = 2 ** 20;

  test.each([
    ['one byte more', mebibyte, 1],
    ['exactly so much', mebibyte - 1, 0],
  ])('of a ConfigMap: %s', (_, length, count) => {
    const { open } = run([configMap('a', { k: 'x'.repeat(length) })], [dataKeys]);
    expect(open.map(({ path, message }) => `${path}: ${message}`)).toEqual(
      Array(count).fill('data: has 1048577 bytes; it must have at most 1048576'),
    );
  });

  test.each([
    ['one byte more', mebibyte / 4, 1],
    ['exactly so much', mebibyte / 4 - 1, 0],
  ])('of annotations: %s', (_, length, count) => {
    const { metadata, ...rest } = configMap('a');
    const large = { ...rest, metadata: { ...metadata, annotations: { k: 'x'.repeat(length) } } };
    const { open } = run([large], [annotations]);
    expect(open.map(({ path, message }) => `${path}: ${message}`)).toEqual(
      Array(count).fill('metadata.annotations: has 262145 bytes; it must have at most 262144'),
    );
  });
});

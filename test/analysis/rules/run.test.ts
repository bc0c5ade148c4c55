import { dataKeys } from '../../../lib/analysis/rules/configuration/data-keys';
import { secretReferences } from '../../../lib/analysis/rules/configuration/secret-references';
import { annotationSyntax } from '../../../lib/analysis/rules/objects/annotation-syntax';
import { unresolvedValue } from '../../../lib/analysis/rules/objects/unresolved-value';
import { objectsOf } from '../../../lib/analysis/rules/parts';
import { recreateWithRollingUpdate } from '../../../lib/analysis/rules/rollout/recreate-with-rolling-update';
import { type Rule, rule } from '../../../lib/analysis/rules/rule';
import { run } from '../../../lib/analysis/rules/run';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { unresolvedMark } from '../../../lib/documents/unresolved';

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

  test('brings what is equally bad in the order of the objects', () => {
    const { open } = run(objects, [named('first'), named('second')]);
    expect(open.map(({ rule: { id }, object }) => `${id} ${object}`)).toEqual([
      'first ConfigMap shop/b',
      'second ConfigMap shop/b',
      'first ConfigMap shop/c',
      'second ConfigMap shop/c',
    ]);
  });

  test('says over how many objects which rules ran', () => {
    const rules = [named('name')];
    expect(run(objects, rules)).toMatchObject({ objects: 3, ran: rules });
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
    expect(run([configMap('a')], [throwing]).open).toMatchObject([
      {
        object: 'ConfigMap shop/a',
        path: '',
        message:
          "can't be checked (out of luck); it must have a form that the rule can read. If the object is valid, report a bug in the rule",
      },
    ]);
  });

  test('says which rules had nothing to look at', () => {
    expect(run([], [named('name')]).idle.map(({ id }) => id)).toEqual(['name']);
  });

  test('fails where a rule had nothing to look at and should have had', () => {
    const { open } = run([], [named('name')], { expected: ['ConfigMap'] });
    expect(open).toMatchObject([
      {
        object: 'the manifests',
        path: '',
        message: expect.stringContaining(
          'the rule found nothing to check, although the manifests must contain the kind',
        ),
      },
    ]);
  });

  test('brings what is missing before what is there', () => {
    const missing = rule({ ...about, id: 'missing', parts: objectsOf('Secret'), faults: () => [] });
    const { open } = run([configMap('b')], [named('name'), missing], { expected: ['Secret'] });
    expect(open.map(({ rule: { id } }) => id)).toEqual(['missing', 'name']);
  });

  test('has nothing to add where a rule has looked at what it should', () => {
    expect(run([configMap('a')], [named('name')], { expected: ['ConfigMap'] }).open).toEqual([]);
  });

  test('holds a reading against a Secret among the documents, without knowing any other', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } };
    const env = ['s', 'elsewhere'].map((name) => ({ name, valueFrom: { secretKeyRef: { name, key: 'a' } } }));
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'shop' },
      spec: { containers: [{ name: 'c', env }] },
    };
    const { open } = run([{ ...secret, stringData: { b: 'x' } }, pod], [secretReferences]);
    expect(open.map(({ message }) => message)).toEqual([
      'reads a of Secret s; it must read one of the keys b',
    ]);
  });

  test('takes a deployment in which nothing is recreated', () => {
    const { open } = run([], [recreateWithRollingUpdate], { expected: ['Deployment'] });
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
    const { open } = run([broken], [named('name')]);
    expect(open.map(({ path }) => path)).toEqual(['metadata.name']);
    expect(open[0]?.source).toBe(broken);
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

  test('may name what has dots', () => {
    const acknowledgements = [{ rule: 'name', objects: ['ConfigMap shop/b.c+d'], reason }];
    expect(run([configMap('b.c+d')], [named('name')], { acknowledgements }).open).toEqual([]);
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

test('an object that holds an unresolved value is found by its mark', () => {
  const { metadata, ...rest } = configMap('a');
  const marked = { ...rest, metadata: { ...metadata, annotations: { [unresolvedMark]: 'see above' } } };
  const { open } = run([marked, configMap('b')], [unresolvedValue]);
  expect(open.map(({ object, path, message }) => `${object} ${path}: ${message}`)).toEqual([
    `ConfigMap shop/a metadata.annotations["${unresolvedMark}"]: the object has an unresolved value`,
  ]);
});

describe('a limit of size', () => {
  const mebibyte = 2 ** 20;

  test.each([
    ['one byte more', mebibyte + 1, 1],
    ['exactly so much', mebibyte, 0],
  ])('of a ConfigMap and of a Secret: %s', (_, length, count) => {
    const value = Buffer.alloc(length, 'x');
    const written = configMap('a', { k: String(value) });
    const encoded = { k: value.toString('base64') };
    const { open } = run(
      [
        written,
        { ...configMap('b'), binaryData: encoded },
        { ...configMap('c', encoded), kind: 'Secret' },
        { ...configMap('d'), kind: 'Secret', stringData: { k: String(value) } },
      ],
      [dataKeys],
    );
    expect(open.map(({ path, message }) => `${path}: ${message}`)).toEqual(
      Array(4 * count).fill('data: has 1048577 bytes; it must have at most 1048576 bytes'),
    );
  });

  test.each([
    ['one byte more', mebibyte / 4, 1],
    ['exactly so much', mebibyte / 4 - 1, 0],
  ])('of annotations: %s', (_, length, count) => {
    const { metadata, ...rest } = configMap('a');
    const large = { ...rest, metadata: { ...metadata, annotations: { k: 'x'.repeat(length) } } };
    const { open } = run([large], [annotationSyntax]);
    expect(open.map(({ path, message }) => `${path}: ${message}`)).toEqual(
      Array(count).fill('metadata.annotations: has 262145 bytes; it must have at most 262144'),
    );
  });
});

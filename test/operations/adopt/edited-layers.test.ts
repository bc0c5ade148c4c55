import type { YamlEdit } from '../../../lib/input/yaml-edit';
import { editLayers, layeredData } from '../../../lib/operations/adopt/edited-layers';

const base = `nodes: { a: {} }
access:
  networks: { unresolved: ask }
workloads:
  api:
    keys: [A]
    others: { unresolved: ask }
    sidecars:
      - name: proxy
        user: { unresolved: ask }
`;

function edit(own: string, ...edits: YamlEdit[]) {
  const files = [
    { path: 'production.yaml', text: base },
    { path: 'staging.yaml', text: `extends: production.yaml\n${own}` },
  ];
  const after = editLayers(files, edits);
  return { texts: after.map(({ text }) => text), data: layeredData(after) };
}

const keys = ['workloads', 'api', 'keys'];
const set = (path: readonly (string | number)[], value: string): YamlEdit => ({ kind: 'set', path, value });

describe('an environment', () => {
  test('gets a value that the extended file leaves unresolved, and the extended file stays', () =>
    expect(edit('namespace: staging # ours\n', set(['workloads', 'api', 'others'], 'x')).texts).toEqual([
      base,
      'extends: production.yaml\nnamespace: staging # ours\nworkloads:\n  api:\n    others: x\n',
    ]));

  test('gets the answer where it states the entry itself', () =>
    expect(
      edit('workloads: { api: { others: { unresolved: ask } } }\n', set(['workloads', 'api', 'others'], 'x'))
        .texts,
    ).toEqual([base, 'extends: production.yaml\nworkloads: { api: { others: x } }\n']));

  test.each<[string, string, string]>([
    ['a list that it does not state', '', 'workloads:\n  api:\n    keys:\n      add: [B, C]\n'],
    [
      'a list that it replaces',
      'workloads:\n  api:\n    keys: [Z]\n',
      'workloads:\n  api:\n    keys: [Z, B, C]\n',
    ],
    [
      'a list that it adds to',
      'workloads:\n  api:\n    keys: { add: [Z] }\n',
      'workloads:\n  api:\n    keys: { add: [Z, B, C] }\n',
    ],
    [
      'a list that it removes from',
      'workloads:\n  api:\n    keys: { remove: [A] }\n',
      'workloads:\n  api:\n    keys: { remove: [A], add: [B, C] }\n',
    ],
  ])('adds elements to %s', (_, before, after) =>
    expect(
      edit(before, { kind: 'append', path: keys, value: 'B' }, { kind: 'append', path: keys, value: 'C' })
        .texts[1],
    ).toBe(`extends: production.yaml\n${after}`),
  );

  test('removes a key of the extended file by null', () =>
    expect(edit('', { kind: 'remove', path: ['workloads', 'api', 'others'] })).toMatchObject({
      texts: [base, 'extends: production.yaml\nworkloads:\n  api:\n    others: null\n'],
      data: { workloads: { api: { keys: ['A'] } } },
    }));

  test('removes a key that both files state by null', () =>
    expect(
      edit('workloads: { api: { others: { unresolved: ask } } }\n', {
        kind: 'remove',
        path: ['workloads', 'api', 'others'],
      }).texts[1],
    ).toBe('extends: production.yaml\nworkloads: { api: { others: null } }\n'));

  test('of the same nodes leaves what lets the operator in to the extended file', () =>
    expect(edit('', set(['access', 'networks'], 'x')).texts).toEqual([
      base.replace('{ unresolved: ask }', 'x'),
      'extends: production.yaml\n',
    ]));

  test('of other nodes states who is let in itself', () =>
    expect(edit('nodes: { a: null, b: {} }\n', set(['access', 'networks'], 'x')).texts).toEqual([
      base,
      'extends: production.yaml\nnodes: { a: null, b: {} }\naccess:\n  networks: x\n',
    ]));

  test('can not change an element of a list that the extended file states', () =>
    expect(() => edit('', set(['workloads', 'api', 'sidecars', 0, 'user'], 'x'))).toThrow(
      "is in a list of a file that this configuration extends; can't be written as a difference; set it in staging.yaml by hand",
    ));
});

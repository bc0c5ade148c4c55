import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Path } from '../../lib/input/source';
import { editYaml, type YamlEdit } from '../../lib/input/yaml-edit';
import type { EditValue } from '../../lib/input/yaml-value';
import { root } from '../support/configuration';

const set = (path: Path, value: EditValue): YamlEdit => ({ kind: 'set', path, value });
const append = (path: Path, value: EditValue): YamlEdit => ({ kind: 'append', path, value });
const remove = (...path: string[]): YamlEdit => ({ kind: 'remove', path });

describe('edits of a YAML file', () => {
  test.each<[string, string, YamlEdit[], string]>([
    ['nothing', 'a: 1\n', [], 'a: 1\n'],
    [
      'several values',
      'a: 1 # x\nb:\n  c: 2\n',
      [set(['a'], 3), set(['b', 'c'], 'two')],
      'a: 3 # x\nb:\n  c: two\n',
    ],
    [
      'a value with a comment above it: it moves above the key',
      'a:\n  KEY: # short\n    # long\n    unresolved: ask\n',
      [set(['a', 'KEY'], 'true')],
      'a:\n  # long\n  KEY: "true" # short\n',
    ],
    [
      'a value in an item of a list',
      'a:\n  - name: x\n    tag: 1\n  - name: y\n    tag: 2\n',
      [set(['a', 1, 'tag'], 3)],
      'a:\n  - name: x\n    tag: 1\n  - name: y\n    tag: 3\n',
    ],
    [
      'an item of a flow list',
      'a: [x, y] # c\n',
      [append(['a'], 'z'), append(['a'], 'w')],
      'a: [x, y, z, w] # c\n',
    ],
    [
      'several values below one missing key',
      'a:\n  b: 1\n',
      [set(['a', 'c', 'd'], 2), set(['a', 'c', 'e', 'f'], null), set(['g'], 3)],
      'a:\n  b: 1\n  c: { d: 2, e: { f: null } }\ng: 3\n',
    ],
    ['an item of an empty list', 'a: []\n', [append(['a'], 'z')], 'a: [z]\n'],
    ['an item of a block', 'a:\n  - x # c\nb: 1\n', [append(['a'], 'z')], 'a:\n  - x # c\n  - z\nb: 1\n'],
    [
      'a key that goes',
      'a:\n  b: 1\n  # stays\n  others: # goes\n    unresolved: ask\nc: 2\n',
      [remove('a', 'others')],
      'a:\n  b: 1\n  # stays\nc: 2\n',
    ],
    ['a key of a flow map that goes', 'a: { b: 1, c: 2 }\n', [remove('a', 'b')], 'a: { c: 2 }\n'],
    ['the last key of a flow map that goes', 'a: { b: 1, c: 2 }\n', [remove('a', 'c')], 'a: { b: 1 }\n'],
    ['a key that is not there', 'a: 1\n', [remove('b')], 'a: 1\n'],
    [
      'new keys next to one that goes',
      'a:\n  data:\n    x: 1\n  others:\n    unresolved: ask\n',
      [set(['a', 'data', 'y'], '2'), set(['a', 'data', 'z'], '3'), remove('a', 'others')],
      'a:\n  data:\n    x: 1\n    y: "2"\n    z: "3"\n',
    ],
    [
      'a map',
      'a:\n  b:\n    unresolved: ask\n',
      [set(['a', 'b'], { c: { d: 'e', f: true } })],
      'a:\n  b: { c: { d: e, f: true } }\n',
    ],
    [
      'a list that is long',
      'a:\n  b: # why\n    unresolved: ask\n',
      [set(['a', 'b'], ['x'.repeat(50), 'y'.repeat(50)])],
      `a:\n  b: # why\n    - ${'x'.repeat(50)}\n    - ${'y'.repeat(50)}\n`,
    ],
    [
      'all places of an anchor',
      'a: &x\n  unresolved: ask\nb: *x\nc: *x\n',
      [set(['a'], '1'), set(['b'], '2'), set(['c'], '3')],
      'a: "1"\nb: "2"\nc: "3"\n',
    ],
    [
      'the place of an anchor: it moves to the next place',
      'a: &x # why\n  unresolved: ask\nb: *x\nc: *x # d\n',
      [set(['a'], '1')],
      'a: "1" # why\nb: &x\n  unresolved: ask\nc: *x # d\n',
    ],
    [
      'an alias: the anchor stays',
      'a: &x\n  unresolved: ask\nb: *x\n',
      [set(['b'], '1')],
      'a: &x\n  unresolved: ask\nb: "1"\n',
    ],
    [
      'a value below an alias: it is written out',
      'a: &x\n  b: &y\n    unresolved: ask\n  c: *y\nd: *x # e\n',
      [set(['d', 'c'], '1')],
      'a: &x\n  b: &y\n    unresolved: ask\n  c: *y\nd: # e\n  b: *y\n  c: "1"\n',
    ],
    [
      'a value below an anchor: what it repeats stays',
      'a: &x\n  b: &y\n    unresolved: ask\n  c: *y\nd: *x\n',
      [set(['a', 'b'], '1')],
      'a:\n  b: "1"\n  c: &y\n    unresolved: ask\nd: &x\n  b: *y\n  c: *y\n',
    ],
    ['an anchor in a flow map', 'a: { b: &x 1, c: *x }\n', [set(['a', 'b'], 2)], 'a: { b: 2, c: &x 1 }\n'],
  ])('keep everything around %s', (_, text, edits, expected) => {
    const edited = editYaml(text, edits);
    expect(edited).toBe(expected);
    expect(parse(edited)).toEqual(parse(expected));
  });

  test('of a value that is no list refuse an item', () =>
    expect(() => editYaml('a: 1\n', [append(['a'], 'x')])).toThrow('is not a list; add the item x by hand'));

  test('of production keep every comment that is not part of what goes', () => {
    const text = readFileSync(join(root, 'config', 'production.yaml'), 'utf8');
    const hosts = ['api.myhoneydue.com', 'admin.myhoneydue.com', 'app.myhoneydue.com', 'myhoneydue.com'];
    const nodes = ['hetzner1', 'hetzner2', 'hetzner3'];
    const edited = editYaml(text, [
      ...hosts.flatMap((host) =>
        nodes.map((node) => set(['adopt', 'records', host, node], `${host}-${node}`)),
      ),
      ...nodes.map((node) => set(['adopt', 'servers', node], node)),
    ]);
    const comments = (of: string) => of.match(/(^|\s)#.*/g);
    expect(comments(edited)).toEqual(comments(text));
    expect(edited).not.toMatch(/[&*](records?|servers)\b/);
  });
});

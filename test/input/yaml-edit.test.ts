import { parse } from 'yaml';
import { setYamlValue } from '../../lib/input/yaml-edit';

const digest = `sha256:${'5'.repeat(64)}`;

describe('an edit of a YAML file', () => {
  test.each<[string, string, string[], string | number | Record<string, string>, string]>([
    ['a value', 'a:\n  tag: one # why\n  b: 2\n', ['a', 'tag'], 'two', 'a:\n  tag: two # why\n  b: 2\n'],
    ['quotes', 'tag: "237c6b8"\n', ['tag'], 'v2', 'tag: "v2"\n'],
    ['what reads as a number', 'tag: latest\n', ['tag'], '237e6', 'tag: "237e6"\n'],
    [
      'a block',
      'a:\n  tag: # why\n    unresolved: ask\n  b: 2\n',
      ['a', 'tag'],
      'x',
      'a:\n  tag: x # why\n  b: 2\n',
    ],
    [
      'a folded block',
      'a:\n  tag:\n    unresolved: >-\n      ask\n      them\n\n# c\nb: 2\n',
      ['a', 'tag'],
      'x',
      'a:\n  tag: x\n\n# c\nb: 2\n',
    ],
    [
      'a flow map',
      'a: { tag: v1, digest: x } # c\n',
      ['a', 'digest'],
      digest,
      `a: { tag: v1, digest: ${digest} } # c\n`,
    ],
    [
      'a new key of a flow map',
      'a: { tag: v1 } # c\n',
      ['a', 'digest'],
      digest,
      `a: { tag: v1, digest: ${digest} } # c\n`,
    ],
    [
      'a new key',
      'a:\n  tag: v1 # c\n# d\nb: 2\n',
      ['a', 'm'],
      { amd64: digest },
      `a:\n  tag: v1 # c\n  m: { amd64: ${digest} }\n# d\nb: 2\n`,
    ],
    ['a new entry', '# head\na:\n  tag: v1\n', ['b', 'tag'], 'v2', '# head\na:\n  tag: v1\nb:\n  tag: v2\n'],
    ['a new entry without a line break', 'a: 1', ['b', 'c'], 'v2', 'a: 1\nb:\n  c: v2\n'],
    ['an empty file', '# head\n', ['b', 'c'], 'v2', '# head\nb:\n  c: v2\n'],
    ['an alias', 'a: &x one\nb: *x\n', ['b'], 'two', 'a: &x one\nb: two\n'],
    [
      'what becomes a block of lines',
      'a:\n  b: # why\n    unresolved: x\n  c: 1\n',
      ['a', 'b'],
      'one\ntwo\n',
      'a:\n  b: | # why\n    one\n    two\n  c: 1\n',
    ],
    [
      'what becomes lines in a flow map',
      'a: { b: x }\n',
      ['a', 'b'],
      'one\ntwo\n',
      'a: { b: "one\\ntwo\\n" }\n',
    ],
    ['a number', 'a:\n  revision: 1 # why\n', ['a', 'revision'], 2, 'a:\n  revision: 2 # why\n'],
    ['an empty value', 'a:\nb: 1\n', ['a'], 'two', 'a: two\nb: 1\n'],
    ['lines of Windows', 'a: one # c\r\nb: x\r\n', ['a'], 'two', 'a: two # c\r\nb: x\r\n'],
  ])('keeps everything around %s', (_, text, path, value, expected) => {
    expect(setYamlValue(text, path, value)).toBe(expected);
    expect(parse(expected)).toEqual(parse(setYamlValue(text, path, value)));
  });

  test.each<[string, string, string[], string]>([
    [
      'that others repeat',
      'a: &x one\nb: *x\n',
      ['a'],
      'has the anchor &x, which aliases repeat; replace these aliases by the value',
    ],
    [
      'below an alias',
      'a: &x { tag: one }\nb: *x\n',
      ['b', 'tag'],
      'is inside a value that the alias *x repeats; replace the alias by its value, and run the command again',
    ],
  ])('refuses a value %s', (_, text, path, message) => {
    expect(() => setYamlValue(text, path, 'two')).toThrow(message);
  });
});

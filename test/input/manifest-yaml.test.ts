import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../lib/documents/source-text';
import { readLocatedManifests } from '../../lib/input/documents';
import { parseManifestYaml } from '../../lib/input/manifest-yaml';
import { withDirectory } from '../support/configuration';

/** What kubectl 1.32 makes of the same text (`kubectl annotate --local -o json`). */
const values: readonly (readonly [text: string, value: unknown])[] = [
  ['yes', true],
  ['on', true],
  ['y', true],
  ['Off', false],
  ['1_000', 1000],
  ['0755', 493],
  ['0o17', 15],
  ['-0o17', -15],
  ['08', 8],
  ['0b11', 3],
  ['1e3', 1000],
  ['12:30:00', '12:30:00'],
  ['2024-01-01', '2024-01-01'],
  ['0.1.2', '0.1.2'],
  ['~', null],
];

test.each(values)('a value %s is read as kubectl reads it', (text, value) => {
  const { documents } = parseManifestYaml(`a: ${text}\n`);
  expect(documents[0]?.toJS()).toEqual({ a: value });
});

test.each([
  ['a key of YAML 1.1', 'on: x\n', { true: 'x' }],
  ['an octal key', '0755: x\n', { '493': 'x' }],
  ['a merge key', 'a: &a {x: 1}\nb: {<<: *a, k: z}\n', { a: { x: 1 }, b: { x: 1, k: 'z' } }],
  [
    'quoted text that goes on before its parent',
    "a:\n  b: 'first\nsecond'\nc: 1\n",
    { a: { b: 'first second' }, c: 1 },
  ],
  ['double quotes with an escaped one', 'a:\n  b: "first \\"\nsecond"\n', { a: { b: 'first " second' } }],
  ['a flow map that closes before its parent', 'a:\n  b: {\nx: 1\n}\nc: 2\n', { a: { b: { x: 1 } }, c: 2 }],
  ['a flow list that closes before its parent', 'a:\n  b: [\n1,\n2\n]\n', { a: { b: [1, 2] } }],
  [
    'a bracket and a quote inside of a block scalar',
    "a: |\n  it's {\nb:\n  c: '1\n2'\n",
    { a: "it's {\n", b: { c: '1 2' } },
  ],
  ['an apostrophe inside of plain text', "a: it's\nb:\n  c: '1\n2'\n", { a: "it's", b: { c: '1 2' } }],
])('%s', (_, text, value) => {
  const { documents } = parseManifestYaml(text);
  expect([documents.flatMap(({ errors }) => errors), documents[0]?.toJS()]).toEqual([[], value]);
});

test.each(['a:\n\tb: 1\n', 'a: @x\n', 'a:\n    b: 1\n   c: 2\n', 'a: {b: 1\n', "a: 'b\n"])(
  'kubectl refuses %j, too',
  (text) => {
    const { documents } = parseManifestYaml(text);
    expect(documents.flatMap(({ errors }) => errors)).not.toEqual([]);
  },
);

function read(text: string) {
  return withDirectory((directory) => {
    const path = join(directory, 'manifest.yaml');
    writeFileSync(path, text);
    return readLocatedManifests([path]);
  });
}

test('a place in a line that was indented is that of the file', () => {
  const [located] = read("apiVersion: v1\nkind: ConfigMap\nmetadata: {\nname: 'a'\n}\n");
  expect(located?.placeOf(['metadata', 'name'])).toMatchObject({ line: 4, column: 7 });
});

test('the text of a number is remembered where JSON writes it in another way', () => {
  const [located] = read(
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { mode: 0755, one: 1 }\n',
  );
  const data = located?.object['data'] as object;
  expect([textOf(data, 'mode'), textOf(data, 'one')]).toEqual(['0755', undefined]);
});

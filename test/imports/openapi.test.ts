import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { kubernetesSchema } from '../../imports/kubernetes/generate';
import { minorFile, printMinor, readMinors } from '../../imports/kubernetes/minors';
import { type OpenApiDocument, readEnumWords, readOpenApi } from '../../imports/kubernetes/openapi';
import { mergeVersions } from '../../imports/version-ranges';

const project = resolve(__dirname, '../..');

describe('a kept minor version', () => {
  test.each([...readMinors(project)])('%s is printed as it is kept', (minor, table) => {
    expect(printMinor(table)).toBe(readFileSync(join(project, minorFile(minor)), 'utf8'));
  });

  test('names the release and the hash of its document', () => {
    for (const [minor, { source }] of readMinors(project))
      expect(source).toMatch(
        new RegExp(`^the OpenAPI document of k8s.io/kubernetes v${minor}\\.\\d+, sha256 [0-9a-f]{64}$`),
      );
  });
});

describe('what imports/kubernetes/keep.ts reads', () => {
  const pod = {
    properties: { kind: { type: 'string' }, status: { type: 'string' }, when: { type: 'number' } },
    'x-kubernetes-group-version-kind': [{ group: '', kind: 'Pod', version: 'v1' }],
  };

  test('a document without a kind that is needed is refused, naming it', () => {
    expect(() => readOpenApi('x', { definitions: {} })).toThrow(
      'the OpenAPI document has no apps/v1/DaemonSet',
    );
  });

  test('a type that the table cannot hold is refused, naming the property', () => {
    const all = [...(readMinors(project).get('1.34')?.kinds.keys() ?? [])].map((kind): [string, object] => {
      const [, group = '', version, name] = /^(?:(.*)\/)?(\w+)\/(\w+)$/.exec(kind) ?? [];
      return [
        `io.k8s.api.${group}.${version}.${name}`,
        { 'x-kubernetes-group-version-kind': [{ group, version, kind: name }] },
      ];
    });
    const definitions = { ...Object.fromEntries(all), 'io.k8s.api..v1.Pod': pod };
    expect(() => readOpenApi('x', { definitions } as OpenApiDocument)).toThrow(
      `x: the type of io.k8s.api..v1.Pod.when can't be read: {"type":"number"}`,
    );
  });

  test('the words of an enumeration, by definition and property', () => {
    const lines = [
      'func schema_k8sio_api_core_v1_Toleration(ref common.ReferenceCallback) common.OpenAPIDefinition {',
      '\t\t\t\t\t"operator": {',
      '\t\t\t\t\t\t\tEnum:        []interface{}{"Equal", "Exists"},',
    ];
    expect([...readEnumWords(lines.join('\n'))]).toEqual([
      ['io.k8s.api.core.v1.Toleration.operator', ['Equal', 'Exists']],
    ]);
  });
});

describe('the tables of several versions', () => {
  const merged = (...tables: Record<string, string>[]) => {
    const versions = tables.map(
      (fields, index) => [`1.${index + 1}`, new Map([['T', new Map(Object.entries(fields))]])] as const,
    );
    return Object.fromEntries(mergeVersions(new Map(versions)).get('T') ?? []);
  };

  test.each<[string, Record<string, string>[], Record<string, string>]>([
    ['a field of all has no range', [{ a: 'string' }, { a: 'string' }], { a: 'string' }],
    ['one that came', [{}, { a: 'string' }], { 'a@1.2..': 'string' }],
    ['one that went', [{ a: 'string' }, {}], { 'a@..1.1': 'string' }],
    ['one that came and went', [{}, { a: 'string' }, {}], { 'a@1.2..1.2': 'string' }],
    [
      'one that became required',
      [{ a: 'string' }, { 'a!': 'string' }],
      { 'a@..1.1': 'string', 'a!@1.2..': 'string' },
    ],
    ['one of another type', [{ a: 'x' }, { a: 'y' }], { 'a@..1.1': 'x', 'a@1.2..': 'y' }],
    ['one that was away for a while', [{ a: 'x' }, {}, { a: 'x' }], { 'a@..1.1': 'x', 'a@1.3..': 'x' }],
  ])('%s', (_, tables, expected) => {
    expect(merged(...tables)).toEqual(expected);
  });

  test('a type that only one has needs no range', () => {
    const fields = new Map([['a', 'string']]);
    const tables = new Map([
      ['1.1', new Map()],
      ['1.2', new Map([['T', fields]])],
    ]);
    expect(mergeVersions(tables).get('T')).toEqual(fields);
  });
});

describe('one pair of fields that lists are merged by', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'minors-'));
    mkdirSync(join(root, 'imports/kubernetes/minors'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('has one key, or the tables are refused', () => {
    const table = {
      source: 'x',
      kinds: new Map([
        ['v1/A', new Map([['spec', 'T']])],
        ['v1/B', new Map([['spec', 'U']])],
      ]),
      types: new Map([
        ['T', new Map()],
        ['U', new Map()],
      ]),
      mergeKeys: { 'T.list': 'name', 'U.list': 'port' },
      served: [],
    };
    writeFileSync(join(root, minorFile('1.34')), printMinor(table));
    expect(() => kubernetesSchema(root)).toThrow('spec.list has two merge keys, name and port');
  });
});

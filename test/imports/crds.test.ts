import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { crdSchema } from '../../imports/crds/schema';
import { groups } from '../../imports/crds/sources';
import kubernetes from '../../imports/kubernetes/schema.json';

const project = resolve(__dirname, '../..');
const kept = (path: string) => readFileSync(join(project, path), 'utf8');

interface Table {
  readonly source: string;
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crds-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

describe('the bindings', () => {
  test('say what to edit instead of them', () => {
    expect(kept('imports/traefik.io.ts').split('\n')[0]).toBe(
      '// Made by `npm run imports` from imports/crds/traefik.io/41.3.0.yaml. Edit that file instead.',
    );
  });
});

describe('the schema of custom kinds', () => {
  const table = JSON.parse(kept('imports/crds/schema.json')) as Table;

  test('names the directory that it came from', () => {
    expect(table.source).toBe('imports/crds');
  });

  test('has these kinds', () => {
    expect(Object.keys(table.kinds)).toEqual([
      'helm.cattle.io/v1/HelmChart',
      'helm.cattle.io/v1/HelmChartConfig',
      'traefik.io/v1alpha1/IngressRoute',
      'traefik.io/v1alpha1/IngressRouteTCP',
      'traefik.io/v1alpha1/IngressRouteUDP',
      'traefik.io/v1alpha1/Middleware',
      'traefik.io/v1alpha1/MiddlewareTCP',
      'traefik.io/v1alpha1/ServersTransport',
      'traefik.io/v1alpha1/ServersTransportTCP',
      'traefik.io/v1alpha1/TLSOption',
      'traefik.io/v1alpha1/TLSStore',
      'traefik.io/v1alpha1/TraefikService',
    ]);
  });

  test("holds every type that a field refers to, and no other, but for Kubernetes' ObjectMeta", () => {
    const fields = [...Object.values(table.kinds), ...Object.values(table.types)].flatMap((each) =>
      Object.values(each),
    );
    const named = fields.flatMap((type) => type.replace(/enum<.*>/, '').match(/[A-Z]\w*/g) ?? []);
    expect([...new Set(named)].sort()).toEqual([...Object.keys(table.types), 'ObjectMeta'].sort());
  });

  test("calls nothing like one of Kubernetes' own types or kinds", () => {
    const own = [...Object.keys(kubernetes.types), ...Object.keys(kubernetes.kinds)];
    const names = [...Object.keys(table.types), ...Object.keys(table.kinds)];
    expect(names.filter((name) => own.includes(name))).toEqual([]);
  });

  test.each([
    ['HelmChartConfigSpec', 'failurePolicy@..0.17.1', 'enum<abort|reinstall>'],
    ['HelmChartConfigSpec', 'failurePolicy@0.17.6..', 'enum<abort|reinstall|retry>'],
    ['HelmChartConfigSpec', 'forceConflicts@0.17.6..', 'boolean'],
    ['MiddlewareSpec', 'encodedCharacters@40.1.0..', 'MiddlewareSpecEncodedCharacters'],
    ['HelmChartSpec', 'set', 'map<int-or-string>'],
    ['IngressRouteSpec', 'routes!', 'IngressRouteSpecRoutes[]'],
    ['MiddlewareSpecHeaders', 'customResponseHeaders', 'map<string>'],
    ['MiddlewareSpecHeaders', 'frameDeny', 'boolean'],
    ['MiddlewareSpecRateLimit', 'average', 'integer<0..>'],
    ['MiddlewareSpecRateLimit', 'period', 'int-or-string'],
    ['MiddlewareSpecBuffering', 'maxRequestBodyBytes', 'integer'],
  ])('reads %s.%s as %s', (type, field, expected) => {
    expect(table.types).toHaveProperty([type, field], expected);
  });
});

describe('a CRD', () => {
  const crd = (spec: object) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: {
      group: 'helm.cattle.io',
      names: { kind: 'Thing' },
      versions: [{ name: 'v1', schema: { openAPIV3Schema: { properties: { spec } } } }],
    },
  });
  const generate = (text: string) => {
    for (const group of groups) {
      mkdirSync(join(directory, 'imports/crds', group), { recursive: true });
      writeFileSync(join(directory, `imports/crds/${group}/1.0.0.yaml`), '');
    }
    writeFileSync(join(directory, 'imports/crds/helm.cattle.io/1.0.0.yaml'), text);
    const [file] = crdSchema(directory);
    return JSON.parse(file?.text ?? '') as Table;
  };
  const readSpec = (spec: object) => generate(JSON.stringify(crd(spec))).kinds['helm.cattle.io/v1/Thing'];

  test.each<[object, string]>([
    [{ type: 'integer', minimum: 100, maximum: 599 }, 'integer<100..599>'],
    [{ type: 'integer', maximum: 9 }, 'integer<..9>'],
    [{ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, 'any'],
    [{ type: 'object' }, 'any'],
    [{ type: 'array', items: { type: 'array', items: { type: 'string' } } }, 'string[][]'],
    [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, 'enum<a|b>[]'],
  ])('%j is read as %s', (spec, expected) => {
    expect(readSpec(spec)).toHaveProperty('spec', expected);
  });

  test('without status, which the cluster alone writes', () => {
    const { spec } = crd({ type: 'object' });
    const version = {
      name: 'v1',
      schema: { openAPIV3Schema: { properties: { status: { type: 'object' } } } },
    };
    const table = generate(JSON.stringify({ spec: { ...spec, versions: [version] } }));
    expect(table.kinds['helm.cattle.io/v1/Thing']).not.toHaveProperty('status');
  });

  test('with an unreadable part is refused, with the place', () => {
    expect(() => readSpec({ type: 'object', properties: { size: { type: 'number' } } })).toThrow(
      "imports/crds: can't read the type of ThingSpecSize",
    );
  });

  test('with a word that the table cannot hold is refused', () => {
    expect(() => readSpec({ type: 'string', enum: ['a|b'] })).toThrow(
      `imports/crds: can't read "a|b", a word of ThingSpec`,
    );
  });

  test('that is no YAML is refused, naming the file', () => {
    expect(() => generate('a: [')).toThrow('imports/crds/helm.cattle.io/1.0.0.yaml: ');
  });
});

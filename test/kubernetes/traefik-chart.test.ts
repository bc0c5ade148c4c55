import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../lib/documents/kubernetes';
import { type ChartKeys, chartOf, keyProblems, knownCharts } from '../../lib/kubernetes/traefik-chart';
import { root } from '../support/configuration';

const chart = chartOf('v1.34.6+k3s1') as ChartKeys;
const check = (values: Json) =>
  keyProblems(chart, values).map(({ path, message }) => `${path.join('.')} ${message}`);

describe('chartOf', () => {
  test('knows the chart of a k3s', () => {
    expect(chart).toMatchObject({ version: '39.0.5' });
  });

  test('takes that of the nearest known patch for another one', () => {
    expect(chartOf('v1.34.8+k3s1')?.version).toBe('39.0.7');
  });

  test('does not guess that of another minor version', () => {
    expect(chartOf('v1.39.0+k3s1')).toBeUndefined();
  });
});

describe('the table of keys', () => {
  test.each(knownCharts().map((each) => [each.version, each]))(
    'of %s is the one that is kept',
    (version, each) => {
      const file = join(root, 'imports', 'traefik-chart', `${version}.json`);
      const { source: _, ...kept } = JSON.parse(readFileSync(file, 'utf8')) as ChartKeys & { source: string };
      expect(each).toEqual(kept);
    },
  );

  test.each(Object.entries(chart.keys))('%s: no key stands there twice', (_, keys) => {
    const names = keys.split(' ');
    expect(names).toEqual([...new Set(names)].sort());
  });

  test.each(Object.keys(chart.keys).filter((path) => path !== ''))('%s is itself a key', (path) => {
    const names = path.split('.');
    const parent = names.slice(0, -1).join('.');
    // Below a path without a line, and for any name, nothing can be told.
    if (names.at(-1) === '*' || !Object.hasOwn(chart.keys, parent)) return;
    expect(chart.keys[parent]?.split(' ')).toContain(names.at(-1));
  });

  test.each(Object.values(chart.renamed))('%s, the new name of another key, is accepted', (path) => {
    const values = path.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), null);
    expect(check(values)).toEqual([]);
  });
});

describe('keyProblems', () => {
  test.each<[string, Json]>([
    ['nothing', {}],
    ['a port of any name', { ports: { ssh: { port: 2222, protocol: 'TCP' } } }],
    ['a port that is removed', { ports: { web: null } }],
    ['a section that is removed', { metrics: { prometheus: null } }],
    ['any key where the chart takes any', { affinity: { anything: { at: 'all' } } }],
    ['a key that is undefined', { hostNetwrok: undefined }],
  ])('accepts %s', (_, values) => {
    expect(check(values)).toEqual([]);
  });

  test.each<[string, Json, string]>([
    ['ports.web.redirections', { ports: { web: { redirections: {} } } }, 'ports.web.http.redirections'],
    [
      'ports.web.redirectTo',
      { ports: { web: { redirectTo: {} } } },
      'ports.web.http.redirections.entryPoint',
    ],
    ['ports.websecure.tls', { ports: { websecure: { tls: {} } } }, 'ports.websecure.http.tls'],
    [
      'ports.websecure.middlewares',
      { ports: { websecure: { middlewares: [] } } },
      'ports.websecure.http.middlewares',
    ],
    ['globalArguments', { globalArguments: [] }, 'global'],
    ['podAnnotations', { podAnnotations: {} }, 'deployment.podAnnotations'],
    ['image.name', { image: { name: 'traefik' } }, 'image.repository'],
    ['certResolvers', { certResolvers: {} }, 'certificatesResolvers'],
  ])("says where another version's %s is now", (path, values, now) => {
    expect(check(values)).toEqual([
      `values.${path} is not a key of Traefik's chart 39.0.5; in this version it is ${now}`,
    ]);
  });

  test.each<[string, Json, string]>([
    ['hostNetwrok', { hostNetwrok: true }, 'hostNetwork'],
    ['deployment.dnspolicy', { deployment: { dnspolicy: 'Default' } }, 'dnsPolicy'],
    ['ports.web.forwardedHeader', { ports: { web: { forwardedHeader: {} } } }, 'forwardedHeaders'],
    ['tlsOptions.default.sniStrickt', { tlsOptions: { default: { sniStrickt: true } } }, 'sniStrict'],
    ['securityContext.capabilites', { securityContext: { capabilites: {} } }, 'capabilities'],
  ])('says what was meant by %s', (path, values, meant) => {
    expect(check(values)).toEqual([
      `values.${path} is not a key of Traefik's chart 39.0.5; did you mean "${meant}"?`,
    ]);
  });

  test('says where to look when nothing is near', () => {
    expect(check({ dashboards: { all: true } })).toEqual([
      "values.dashboards is not a key of Traefik's chart 39.0.5; imports/traefik-chart/39.0.5.json lists the known keys",
    ]);
  });

  test('refuses a name that JavaScript objects inherit', () => {
    expect(check({ ports: { web: { constructor: 1 } } })).toEqual([
      expect.stringContaining('values.ports.web.constructor is not a key'),
    ]);
  });

  test('refuses what is no map where keys stand', () => {
    expect(check({ logs: [] })).toEqual(['values.logs is []; it must be a map of access, general']);
  });

  test('reports all that is wrong', () => {
    expect(check({ hostNetwrok: true, ports: { a: { prot: 1 }, b: { tls: {} } } })).toHaveLength(3);
  });
});

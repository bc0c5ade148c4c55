import type { Json } from '../../../lib/documents/kubernetes';
import { translateValues } from '../../../lib/kubernetes/traefik/translate-values';
import { chartOfVersion } from '../../../lib/kubernetes/traefik-chart';

const to = (version: string, values: Json) => translateValues(chartOfVersion(version), values);

test.each<[string, string, Json, Json]>([
  ['a section', '41.4.0', { logs: { general: { level: 'INFO' } } }, { log: { level: 'INFO' } }],
  [
    'keys below a section that is renamed too',
    '41.4.0',
    { logs: { access: { enabled: true, filters: { statuscodes: '500' } } } },
    { accessLog: { enabled: true, filters: { statusCodes: '500' } } },
  ],
  [
    'a key that moved',
    '40.1.0',
    { service: { type: 'ClusterIP' } },
    { service: { spec: { type: 'ClusterIP' } } },
  ],
  ['a newer name back', '39.0.5', { accessLog: { enabled: true } }, { logs: { access: { enabled: true } } }],
  ['a section that is removed', '41.4.0', { logs: { access: null } }, { accessLog: null }],
])('%s gets the name that the chart has', (_, version, values, expected) => {
  expect(to(version, values).values).toEqual(expected);
});

test.each<[string, Json]>([
  ['names that the chart has', { ports: { web: null }, service: { enabled: false }, tlsOptions: {} }],
  ['names that no known chart has', { hostNetwrok: true }],
  ['a key with another form', { ports: { web: { redirectTo: { port: 'websecure' } } } }],
])('%s stay as they are', (_, values) => {
  expect(to('41.4.0', values)).toEqual({ values, renamed: [] });
});

test('says what it renamed, once each', () => {
  expect(to('41.4.0', { logs: { access: { enabled: true, format: 'json' } } }).renamed).toEqual([
    { from: 'logs.access', to: 'accessLog' },
  ]);
});

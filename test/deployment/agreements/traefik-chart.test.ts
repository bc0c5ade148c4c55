import { traefikChart } from '../../../lib/deployment/agreements/traefik-chart';
import { said, sides, withObject, withSetup } from '../../support/sides';

const version = (to: string) =>
  sides.setups.map((setup) => ({ ...setup, k3s: { ...setup.k3s, version: to } }));

test('production complies', () => {
  expect(said(traefikChart, sides)).toEqual([]);
});

test('a k3s whose chart is not known', () => {
  expect(said(traefikChart, { ...sides, setups: version('v1.39.1+k3s1') })).toEqual([
    expect.stringMatching(
      /^HelmChartConfig kube-system\/traefik k3sVersion: is "v1\.39\.1\+k3s1"; this version of the tool does not know Kubernetes 1\.39\. Known minor versions: /,
    ),
  ]);
});

test('a k3s whose chart calls a value by another name', () => {
  expect(said(traefikChart, { ...sides, setups: version('v1.37.1+k3s1') })).toEqual([
    "HelmChartConfig kube-system/traefik values.logs: is not a key of Traefik's chart 41.4.0; in this version it is log (logs.general) and accessLog (logs.access)",
  ]);
});

test('a value that the chart does not know', () => {
  const broken = withObject('HelmChartConfig', 'traefik', 'updateStrategy:', 'upgradeStrategy:');
  expect(said(traefikChart, broken)).toEqual([
    'HelmChartConfig kube-system/traefik values.upgradeStrategy: is not a key of Traefik\'s chart 39.0.5; did you mean "updateStrategy"?',
  ]);
});

test('a node of another version', () => {
  const broken = withSetup('hetzner3', (setup) => ({
    ...setup,
    k3s: { ...setup.k3s, version: 'v1.34.5+k3s1' },
  }));
  expect(said(traefikChart, broken)).toContain(
    'the script of hetzner3 k3s: is v1.34.5+k3s1, but hetzner1 has v1.34.6+k3s1; all servers must run the same version',
  );
});

test('an unconfigured Traefik', () => {
  const objects = sides.objects.filter(({ kind }) => kind !== 'HelmChartConfig');
  expect(said(traefikChart, { ...sides, objects })).toEqual([]);
});

test.each([
  ['a chart of another name', 'HelmChartConfig', 'till'],
  ['something else of the same name', 'HelmChart', 'traefik'],
])('%s has keys of its own', (_, kind, name) => {
  const other = {
    apiVersion: 'helm.cattle.io/v1',
    kind,
    metadata: { name, namespace: 'kube-system' },
    spec: { valuesContent: 'till: 1\n' },
  };
  expect(said(traefikChart, { ...sides, objects: [other, ...sides.objects] })).toEqual([]);
});

import { cloudflareIpRanges } from '../../../lib/deployment/agreements/cloudflare-ip-ranges';
import { said, sides, withObject, withRules, withSetup } from '../../support/sides';

test('production complies', () => {
  expect(said(cloudflareIpRanges, sides)).toEqual([]);
});

test("a range that Hetzner's firewall lacks", () => {
  const broken = withRules((rules) =>
    rules.map((rule) =>
      rule['port'] === '443'
        ? {
            ...rule,
            source_ips: (rule['source_ips'] as string[]).filter((range) => range !== '131.0.72.0/22'),
          }
        : rule,
    ),
  );
  expect(said(cloudflareIpRanges, broken)).toEqual([
    'hcloud_firewall.nodes rule (443): lacks 131.0.72.0/22, which HelmChartConfig kube-system/traefik has',
  ]);
});

test('a range that one node alone lets in', () => {
  const broken = withSetup('hetzner2', (setup) => ({
    ...setup,
    firewall: [
      ...setup.firewall,
      { from: '8.8.8.0/24', protocol: 'tcp', ports: ['443'], purpose: 'by hand' },
    ],
  }));
  expect(said(cloudflareIpRanges, broken)).toEqual([
    'the firewall of hetzner2 443: has 8.8.8.0/24, which HelmChartConfig kube-system/traefik lacks',
  ]);
});

test('a range that Traefik alone trusts', () => {
  const broken = withObject('HelmChartConfig', 'traefik', '- 131.0.72.0/22', '- 131.0.76.0/22');
  expect(said(cloudflareIpRanges, broken)).toContain(
    'hcloud_firewall.nodes rule (443): has 131.0.72.0/22, which HelmChartConfig kube-system/traefik lacks',
  );
});

test('several ranges are named together', () => {
  const broken = withRules((rules) =>
    rules.map((rule) =>
      rule['port'] === '443' ? { ...rule, source_ips: ['8.8.4.0/24', '8.8.8.0/24'] } : rule,
    ),
  );
  expect(said(cloudflareIpRanges, broken)).toContain(
    'hcloud_firewall.nodes rule (443): has 8.8.4.0/24, 8.8.8.0/24, which HelmChartConfig kube-system/traefik lacks',
  );
});

test("without Traefik's own list the firewalls are held against each other", () => {
  const broken = withSetup('hetzner2', (setup) => ({
    ...setup,
    firewall: setup.firewall.filter(({ from }) => from !== '131.0.72.0/22'),
  }));
  const objects = broken.objects.filter(({ kind }) => kind !== 'HelmChartConfig');
  expect(said(cloudflareIpRanges, { ...broken, objects })).toEqual([
    'the firewall of hetzner2 443: lacks 131.0.72.0/22, which hcloud_firewall.nodes has',
  ]);
});

test('a deployment that is not behind Cloudflare has no list', () => {
  expect(said(cloudflareIpRanges, { ...sides, objects: [], terraform: [], setups: [] })).toEqual([]);
});

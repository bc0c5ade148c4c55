import { hosts } from '../../../lib/checks/agreement/hosts';
import { said, sides, withObject, withResource } from '../../support/sides';

test('production complies', () => {
  expect(said(hosts, sides)).toEqual([]);
});

test('a host without a record', () => {
  const broken = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', () => undefined);
  expect(said(hosts, broken)).toEqual([
    'Ingress honeydue/api spec.rules: has the host api.myhoneydue.com, which has no record to hetzner2; nobody reaches it there',
  ]);
});

test('a record to an address that is no node', () => {
  const broken = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', (body) => ({
    ...body,
    content: '178.105.32.199',
  }));
  expect(said(hosts, broken)[0]).toContain('has no record to hetzner2');
});

test('a record without a host', () => {
  const broken = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', (body) => ({
    ...body,
    name: 'old.myhoneydue.com',
  }));
  expect(said(hosts, broken)).toContain(
    'cloudflare_dns_record.api_myhoneydue_com_hetzner2 name: is old.myhoneydue.com, which no Ingress has; remove the record, or state the host',
  );
});

test('a record that is not proxied', () => {
  const broken = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', (body) => ({
    ...body,
    proxied: false,
  }));
  expect(said(hosts, broken)).toEqual([
    "cloudflare_dns_record.api_myhoneydue_com_hetzner2 proxied: is not true for api.myhoneydue.com, so a lookup tells the node's address; make it true",
  ]);
});

test.each([
  ['myhoneydue.com', 'covers myhoneydue.com, and'],
  ['*.other.com', 'covers *.other.com, and'],
])('a certificate for %s covers no api.myhoneydue.com', (name, has) => {
  const broken = withResource('cloudflare_origin_ca_certificate', 'hosts', (body) => ({
    ...body,
    hostnames: [name],
  }));
  const [message] = said(hosts, broken).filter((line) => line.includes('api.myhoneydue.com'));
  expect(message).toContain(
    "spec.tls: has the host api.myhoneydue.com, which the origin certificate doesn't cover",
  );
  expect(message).toContain(has);
});

test('a wildcard covers one label and no more', () => {
  const broken = withObject('Ingress', 'api', 'api.myhoneydue.com', 'v2.api.myhoneydue.com');
  expect(said(hosts, broken)).toContainEqual(
    expect.stringContaining("v2.api.myhoneydue.com, which the origin certificate doesn't cover"),
  );
});

test('an Ingress without a Secret', () => {
  const broken = withObject('Ingress', 'api', '"secretName":"cloudflare-origin-cert"', '"none":""');
  expect(said(hosts, broken)).toContainEqual(
    "Ingress honeydue/api spec.tls: names no Secret with a certificate for api.myhoneydue.com; add it, or Cloudflare sees Traefik's own certificate and refuses it",
  );
});

test('a zone that checks no certificate', () => {
  const broken = withResource('cloudflare_zone_setting', 'ssl', (body) => ({ ...body, value: 'flexible' }));
  expect(said(hosts, broken)).toEqual([
    'cloudflare_zone_setting.ssl value: is "flexible"; it must be "strict", or anybody between Cloudflare and the nodes reads along',
  ]);
});

test("somebody else's zone is not looked at", () => {
  expect(said(hosts, { ...sides, terraform: [] })).toEqual([]);
});

import { edgeHosts } from '../../../lib/deployment/agreements/edge-hosts';
import type { TerraformConfiguration } from '../../../lib/documents/terraform';
import { said, sides, withObject, withResource } from '../../support/sides';

const withCertificate = (hostnames: string[]) =>
  withResource('cloudflare_origin_ca_certificate', 'hosts', (body) => ({ ...body, hostnames }));

test('production complies', () => {
  expect(said(edgeHosts, sides)).toEqual([]);
});

test('a host without a record', () => {
  const broken = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', () => undefined);
  expect(said(edgeHosts, broken)).toEqual([
    'Ingress honeydue/api spec.rules: has the host api.myhoneydue.com, which has no DNS record with the address of hetzner2; add the record',
  ]);
});

test('a record to an address that is no node', () => {
  const broken = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', (body) => ({
    ...body,
    content: '178.105.32.199',
  }));
  expect(said(edgeHosts, broken)[0]).toContain('which has no DNS record with the address of hetzner2');
});

test('a record without a host', () => {
  const broken = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', (body) => ({
    ...body,
    name: 'old.myhoneydue.com',
  }));
  expect(said(edgeHosts, broken)).toContain(
    'cloudflare_dns_record.api_myhoneydue_com_hetzner2 name: is old.myhoneydue.com, which is not a host of any Ingress; remove the record, or add the host under workloads.*.hosts',
  );
});

test('a record that is not proxied', () => {
  const broken = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', (body) => ({
    ...body,
    proxied: false,
  }));
  expect(said(edgeHosts, broken)).toEqual([
    "cloudflare_dns_record.api_myhoneydue_com_hetzner2 proxied: is not true for api.myhoneydue.com, so DNS reveals the node's address; set proxied: true",
  ]);
});

test.each([
  ['myhoneydue.com', 'covers myhoneydue.com, and'],
  ['*.other.com', 'covers *.other.com, and'],
])('a certificate for %s covers no api.myhoneydue.com', (name, has) => {
  const [message] = said(edgeHosts, withCertificate([name])).filter((line) =>
    line.includes('api.myhoneydue.com'),
  );
  expect(message).toContain(
    "spec.tls: has the host api.myhoneydue.com, which the origin certificate doesn't cover",
  );
  expect(message).toContain(has);
});

test('a wildcard covers one label and no more', () => {
  const broken = withObject('Ingress', 'api', 'api.myhoneydue.com', 'v2.api.myhoneydue.com');
  expect(said(edgeHosts, broken)).toContainEqual(
    expect.stringContaining("v2.api.myhoneydue.com, which the origin certificate doesn't cover"),
  );
});

test('an Ingress without a Secret', () => {
  const broken = withObject('Ingress', 'api', '"secretName":"cloudflare-origin-cert"', '"none":""');
  expect(said(edgeHosts, broken)).toContainEqual(
    "Ingress honeydue/api spec.tls: has no TLS Secret for api.myhoneydue.com: Cloudflare refuses Traefik's default certificate. Add the host to an entry of spec.tls",
  );
});

test('a zone that checks no certificate', () => {
  const broken = withResource('cloudflare_zone_setting', 'ssl', (body) => ({ ...body, value: 'flexible' }));
  expect(said(edgeHosts, broken)).toEqual([
    'cloudflare_zone_setting.ssl value: is "flexible"; it must be "strict": otherwise the connection between Cloudflare and the nodes can be intercepted',
  ]);
});

test("another owner's zone is not checked", () => {
  expect(said(edgeHosts, { ...sides, terraform: [] })).toEqual([]);
});

test('a host without any record', () => {
  const { terraform } = sides;
  const broken = terraform.map((configuration) => {
    const records = Object.entries(configuration.resource['cloudflare_dns_record'] ?? {});
    const others = records.filter(([, body]) => body['name'] !== 'api.myhoneydue.com');
    const resource = { ...configuration.resource, cloudflare_dns_record: Object.fromEntries(others) };
    return { ...configuration, resource };
  });
  expect(said(edgeHosts, { ...sides, terraform: broken })).toEqual([
    'Ingress honeydue/api spec.rules: has the host api.myhoneydue.com, which has no DNS record with the address of hetzner1, hetzner2, hetzner3; add the record',
  ]);
});

test('a certificate for a host that only ends alike', () => {
  expect(said(edgeHosts, withCertificate(['xapi.myhoneydue.com']))).toContainEqual(
    expect.stringContaining("api.myhoneydue.com, which the origin certificate doesn't cover"),
  );
});

test('a certificate that covers no host is reported host by host, in the order of the Ingresses', () => {
  const named = sides.objects
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap((object) => (object['spec'] as { rules: { host: string }[] }).rules.map(({ host }) => host));
  expect(said(edgeHosts, withCertificate([]))).toEqual(
    [...new Set(named)].map((host) =>
      expect.stringMatching(new RegExp(`has the host ${host}, .*: it covers nothing, and`)),
    ),
  );
});

test('what a certificate covers is listed', () => {
  expect(said(edgeHosts, withCertificate(['a.example.com', 'b.example.com']))[0]).toContain(
    'it covers a.example.com, b.example.com, and',
  );
});

test('one of several certificates is enough', () => {
  const [configuration] = sides.terraform as [TerraformConfiguration];
  const certificates = {
    ...configuration.resource['cloudflare_origin_ca_certificate'],
    old: { hostnames: ['old.example.com'] },
  };
  const resource = { ...configuration.resource, cloudflare_origin_ca_certificate: certificates };
  expect(said(edgeHosts, { ...sides, terraform: [{ ...configuration, resource }] })).toEqual([]);
});

test('a rule for whatever host asks for no record of its own', () => {
  const objects = sides.objects.map((object) =>
    object.kind === 'Ingress' && object.metadata.name === 'api'
      ? { ...object, spec: { rules: [{ http: { paths: [] } }] } }
      : object,
  );
  expect(said(edgeHosts, { ...sides, objects }).filter((line) => line.startsWith('Ingress'))).toEqual([]);
});

test('a zone that says nothing of certificates', () => {
  const broken = withResource('cloudflare_zone_setting', 'ssl', () => undefined);
  expect(said(edgeHosts, broken)).toEqual([
    'the zone value: is null; it must be "strict": otherwise the connection between Cloudflare and the nodes can be intercepted',
  ]);
});

test("a configuration that doesn't look up the zone is not asked for records", () => {
  const [configuration] = sides.terraform as [TerraformConfiguration];
  expect(said(edgeHosts, { ...sides, terraform: [{ ...configuration, data: {}, resource: {} }] })).toEqual(
    [],
  );
});

test('a record to an address that Terraform has yet to make', () => {
  const expected = withResource('cloudflare_dns_record', 'api_myhoneydue_com_hetzner2', (body) => ({
    ...body,
    content: '${hcloud_primary_ip.hetzner2.ip_address}',
  }));
  expect(said(edgeHosts, expected)).toEqual([]);
});

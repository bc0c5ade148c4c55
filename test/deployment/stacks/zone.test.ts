import { edited } from '../../support/configuration';
import { newCluster } from '../../support/new-cluster';
import { production, productionWith } from '../../support/production';
import { configurationOf, resource } from '../../support/terraform';

const configuration = configurationOf(production);
const fixture = edited([]);

describe('records', () => {
  test('are one for each host and node, proxied, by their full name', () => {
    const records = Object.values(configuration.resource['cloudflare_dns_record'] ?? {});
    expect(records).toHaveLength(4 * 3);
    for (const record of records) expect(record).toMatchObject({ type: 'A', proxied: true, ttl: 1 });
    expect(resource(production, 'cloudflare_dns_record', 'myhoneydue_com_hetzner2')).toMatchObject({
      name: 'myhoneydue.com',
      content: '178.105.32.198',
    });
  });

  test('wait until the zone has proved to be the right one', () => {
    const zone = configuration.data['cloudflare_zone']?.['myhoneydue_com'];
    expect(JSON.stringify(zone)).toContain('self.name == \\"myhoneydue.com\\"');
    expect(resource(production, 'cloudflare_dns_record', 'myhoneydue_com_hetzner2')).toMatchObject({
      zone_id: '${data.cloudflare_zone.myhoneydue_com.zone_id}',
    });
  });

  test('that exist are imported, each by the id that it has', () => {
    expect(configuration.import).toContainEqual({
      to: 'cloudflare_dns_record.api_myhoneydue_com_hetzner3',
      id: '${var.edge_cloudflare_zone_id}/${var.adopt_records_api_myhoneydue_com_hetzner3}',
    });
  });
});

test.each([
  ['ssl', 'strict'],
  ['min_tls_version', '1.2'],
  ['always_use_https', 'on'],
])('the setting %s is %s', (name, value) => {
  expect(resource(production, 'cloudflare_zone_setting', name)['value']).toBe(value);
});

test('HSTS does not include subdomains or the preload list', () => {
  const { value } = resource(production, 'cloudflare_zone_setting', 'security_header');
  expect(value).toMatchObject({
    strict_transport_security: { enabled: true, include_subdomains: false, preload: false },
  });
});

test('bot fight mode is off', () => {
  expect(resource(production, 'cloudflare_bot_management', 'zone')['fight_mode']).toBe(false);
});

test('the certificate is made of a request, for the zone and all hosts one label below it', () => {
  expect(resource(production, 'cloudflare_origin_ca_certificate', 'hosts')).toMatchObject({
    csr: '${var.edge_cloudflare_certificate_request}',
    hostnames: ['*.myhoneydue.com', 'myhoneydue.com'],
    lifecycle: { prevent_destroy: true },
  });
});

test('a request that is stated is handed on as it is', () => {
  const request = `-----BEGIN CERTIFICATE REQUEST-----
MIHSMHsCAQAwGTEXMBUGA1UEAwwObXlob25leWR1ZS5jb20wWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAATG6WSzI5EPQz2JWUttkG9K8qcpfJ2Or2qtC3WnYUKWU4iM
RQMSWyl5R12eO82+iHO5MDP670tyyLGdHiYKdrWSoAAwCgYIKoZIzj0EAwIDRwAw
RAIgAY1K555oWN+7ltOFnF7XkOVS1qtcx32bx8UIeft6vE0CIC5ByOiwJtf+H2V5
sQ5d1u5oW5Jb1Cgkd77vNOBfMTdh
-----END CERTIFICATE REQUEST-----
`;
  const stated = productionWith([
    / {6}unresolved: openssl req.*\n/.exec(fixture)?.[0] ?? '',
    `      |\n${request.replace(/^(?=.)/gm, '      ')}`,
  ]);
  expect(resource(stated, 'cloudflare_origin_ca_certificate', 'hosts')['csr']).toBe(request);
});

describe('rulesets', () => {
  const rules = (phase: string, of = production) =>
    resource(of, 'cloudflare_ruleset', phase)['rules'] as { ref: string; [key: string]: unknown }[];

  test('are one for each phase, and each of their rules has a name of its own', () => {
    const all = Object.values(configuration.resource['cloudflare_ruleset'] ?? {});
    expect(new Set(all.map(({ phase }) => phase)).size).toBe(all.length);
    for (const { phase } of all) {
      const refs = rules(String(phase)).map(({ ref }) => ref);
      expect([...new Set(refs)]).toEqual(refs);
      expect(refs).not.toContain(undefined);
    }
  });

  test('never count the nodes, from which web signs in all of its users', () => {
    expect(rules('http_request_firewall_custom')[0]).toMatchObject({
      action: 'skip',
      action_parameters: { phases: ['http_ratelimit'] },
      expression: 'ip.src in {178.104.247.152 178.105.32.198 178.104.249.189}',
    });
  });

  test('limit as the Free plan allows: by path, for each address, over ten seconds', () => {
    const [limit, ...others] = rules('http_ratelimit');
    expect(others).toEqual([]);
    expect(limit?.['expression']).toMatch(/^http\.request\.uri\.path in \{.*\}$/);
    expect(limit?.['ratelimit']).toMatchObject({
      characteristics: ['cf.colo.id', 'ip.src'],
      period: 10,
      mitigation_timeout: 10,
    });
  });

  test('limit signing in at api and, by its proxy, at web', () => {
    const known = productionWith([
      /paths:\n +unresolved: look up.*\n/.exec(fixture)?.[0] ?? '',
      'paths: [auth/login/, auth/register/]\n',
    ]);
    expect(rules('http_ratelimit', known)[0]?.['expression']).toBe(
      'http.request.uri.path in {"/api/auth/login/" "/api/auth/register/" "/api/proxy/auth/login/" "/api/proxy/auth/register/"}',
    );
  });

  test('cache what Next.js names by its content, and never that it is missing', () => {
    const rule = rules('http_request_cache_settings').find(({ ref }) => ref === 'next_static');
    expect(rule?.['expression']).toContain('starts_with(http.request.uri.path, "/_next/static/")');
    expect(JSON.stringify(rule)).toContain('"status_code_range":{"from":400,"to":599},"value":-1');
  });
});

test.each(['http_request_firewall_custom', 'http_ratelimit', 'http_request_cache_settings'])(
  'an adopted ruleset keeps its name, which would replace it: %s',
  (phase) => {
    const { name, lifecycle } = resource(production, 'cloudflare_ruleset', phase);
    expect(lifecycle).toEqual({ ignore_changes: ['name'] });
    expect(name).not.toBe('default');
  },
);

test('a ruleset that is made has the name that is described', () => {
  expect(resource(newCluster, 'cloudflare_ruleset', 'http_ratelimit')).not.toHaveProperty('lifecycle');
});

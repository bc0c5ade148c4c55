import { cloudflareSource } from '../../../../lib/operations/adopt/cloudflare/source';
import { production } from '../../../support/production';
import { fail } from '../../../support/stand-ins/cloudflare';
import { cloudflareId, type StandInZone } from '../../../support/stand-ins/cloudflare-zone';
import { configurationOf } from '../../../support/terraform';
import { ask, deployment } from './asking';
import { cloudflareToken, runningZone, withCloudflare, zoneId } from './cloudflare-case';

const stack = configurationOf(production);
const environment = { CLOUDFLARE_API_TOKEN: cloudflareToken };
const changed = { name: 'changed', time: '2026-02-03T04:05:06.000000Z' };
const deletion = (path: string) =>
  `curl -X DELETE -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" https://api.cloudflare.com/client/v4/zones/${zoneId}/${path}`;

/** The survey of production's zone after a change of it. */
async function surveyOf(change: Partial<StandInZone> = {}, other: Partial<typeof deployment> = {}) {
  let survey: Awaited<ReturnType<typeof ask>>['survey'] | undefined;
  await withCloudflare([{ ...runningZone(), ...change }], async (options) => {
    const asked = await ask(cloudflareSource(options), environment, {
      deployment: { ...deployment, ...other },
      stack,
    });
    survey = asked.survey;
  });
  if (survey === undefined) throw new Error('nothing was asked');
  return survey;
}

const { records, rulesets } = runningZone();
const record = (type: string, name: string, content: string, more = {}) => ({
  ...{ id: cloudflareId(77), type, name, content, ...more },
});

test('a zone as it is described has nothing undescribed', async () => {
  const { undescribed, unread } = await surveyOf();
  expect([undescribed, unread]).toEqual([[], []]);
});

test('settings of the zone that the next apply changes are differences', async () => {
  const { differences } = await surveyOf({ fightMode: true });
  expect(differences.map(({ name, field, values }) => `${name} ${field} ${values}`)).toEqual([
    'setting ssl value full -> strict',
    'setting min_tls_version value 1.0 -> 1.2',
    'setting security_header value.strict_transport_security.enabled false -> true',
    'setting security_header value.strict_transport_security.max_age is added: 15768000',
    'setting security_header value.strict_transport_security.include_subdomains is added: false',
    'setting security_header value.strict_transport_security.preload is added: false',
    'setting security_header value.strict_transport_security.nosniff is added: false',
    'bot management fight_mode true -> false',
  ]);
  expect(differences[0]?.writtenBy).toEqual(changed);
});

test('records of a described host come first, then those of other systems', async () => {
  const mail = record('MX', 'myhoneydue.com', 'in1-smtp.messagingengine.com');
  const rival = record('A', 'api.myhoneydue.com', '84.20.10.9', { id: cloudflareId(78) });
  const { undescribed } = await surveyOf({ records: [...records, mail, rival] });
  expect(undescribed).toEqual([
    {
      name: 'record A api.myhoneydue.com 84.20.10.9, which gets a part of the requests of this host',
      writtenBy: changed,
      entry: undefined,
      command: deletion(`dns_records/${cloudflareId(78)}`),
    },
    {
      name: 'record MX myhoneydue.com in1-smtp.messagingengine.com',
      writtenBy: changed,
      entry: undefined,
      command: deletion(`dns_records/${cloudflareId(77)}`),
    },
  ]);
});

test('a record of another host that points to a node has an entry', async () => {
  const old = record('A', 'old.myhoneydue.com', '178.104.247.152');
  const { undescribed } = await surveyOf({ records: [...records, old] });
  expect(undescribed.map(({ entry }) => entry)).toEqual([
    'workloads.<the one that serves it>.hosts: [old.myhoneydue.com]',
  ]);
});

test('a control character of a record does not reach the terminal', async () => {
  const text = record('TXT', 'myhoneydue.com', 'a\u001b[2Jb\nc');
  const { undescribed } = await surveyOf({ records: [...records, text] });
  expect(undescribed[0]?.name).toBe('record TXT myhoneydue.com a [2Jb c');
});

test('a record that is not proxied is a difference', async () => {
  const [first, ...others] = records;
  if (first === undefined) throw new Error('the zone has no record');
  const { differences } = await surveyOf({ records: [{ ...first, proxied: false, ttl: 300 }, ...others] });
  expect(differences.filter(({ name }) => name.startsWith('record'))).toEqual([
    expect.objectContaining({ field: 'proxied', values: 'false -> true' }),
    expect.objectContaining({ field: 'ttl', values: '300 -> 1' }),
  ]);
});

describe('a rule', () => {
  const withRules = (phase: string, ...rules: object[]): Partial<StandInZone> => ({
    rulesets: rulesets.map((ruleset) => (ruleset.phase === phase ? { ...ruleset, rules } : ruleset)),
  });
  const rule = (more: object) => ({
    ...{
      id: cloudflareId(90),
      ref: cloudflareId(90),
      version: '1',
      enabled: true,
      last_updated: changed.time,
    },
    ...more,
  });

  test('by hand of the custom rules has the entry that describes it', async () => {
    const { undescribed } = await surveyOf(
      withRules(
        'http_request_firewall_custom',
        rule({
          description: 'Block: XML-RPC',
          expression: 'http.request.uri.path eq "/xmlrpc.php"',
          action: 'block',
        }),
      ),
    );
    expect(undescribed).toEqual([
      {
        name: 'rule Block: XML-RPC (block) in phase http_request_firewall_custom: the next apply removes this rule',
        writtenBy: changed,
        entry:
          'edge.cloudflare.customRules: [{ name: block_xml_rpc, description: "Block: XML-RPC", expression: "http.request.uri.path eq \\"/xmlrpc.php\\"", action: block }]',
        command: deletion(`rulesets/${cloudflareId(10)}/rules/${cloudflareId(90)}`),
      },
    ]);
  });

  test.each([
    ['of an action that no entry has', 'http_request_firewall_custom', 'skip', undefined],
    ['of the rate limit', 'http_ratelimit', 'block', undefined],
    [
      'of the cache',
      'http_request_cache_settings',
      'set_cache_settings',
      'edge.cloudflare.cacheRules: [{ name: rule_1',
    ],
  ])('%s', async (_, phase, action, entry) => {
    const { undescribed } = await surveyOf(withRules(phase, rule({ expression: 'true', action })));
    expect(undescribed).toEqual([
      expect.objectContaining({ entry: entry === undefined ? undefined : expect.stringContaining(entry) }),
    ]);
  });

  test('of the configuration that was edited by hand is a difference', async () => {
    const edit = rule({
      ref: 'hidden_files',
      expression: 'false',
      action: 'managed_challenge',
      enabled: false,
    });
    const { differences } = await surveyOf(withRules('http_request_firewall_custom', edit));
    expect(differences.filter(({ name }) => name.startsWith('rule '))).toEqual([
      expect.objectContaining({ name: 'rule hidden_files of the phase http_request_firewall_custom' }),
      expect.objectContaining({ field: 'action', values: 'managed_challenge -> block' }),
      expect.objectContaining({ field: 'enabled', values: 'false -> true' }),
    ]);
  });
});

test('a ruleset that is not under adopt has an entry, and one of another phase a command', async () => {
  const redirects = {
    ...{ id: cloudflareId(20), name: 'redirects', kind: 'zone', rules: [] },
    phase: 'http_request_dynamic_redirect',
  };
  const { undescribed } = await surveyOf(
    { rulesets: [...rulesets, redirects] },
    { adopt: { ...deployment.adopt, rulesets: {} } },
  );
  expect(undescribed.map(({ entry, command }) => entry ?? command)).toEqual([
    `adopt.rulesets.customRules: ${cloudflareId(10)}`,
    `adopt.rulesets.rateLimit: ${cloudflareId(11)}`,
    `adopt.rulesets.cacheRules: ${cloudflareId(12)}`,
    deletion(`rulesets/${cloudflareId(20)}`),
  ]);
});

test('parts that may not be read are listed, and the rest is reported', () =>
  withCloudflare(
    [runningZone()],
    async (options) => {
      const { survey, answers } = await ask(cloudflareSource(options), environment, { stack });
      expect(survey.unread).toEqual([
        expect.stringContaining(
          'read the DNS records of the zone (403); give the token the permission Zone, DNS, Read',
        ),
        expect.stringContaining(
          'read the bot management of the zone (403); give the token the permission Zone, Bot',
        ),
      ]);
      expect(survey.differences.length).toBeGreaterThan(0);
      expect(answers).toHaveProperty(['edge.cloudflare.zoneId', 'kind'], 'found');
    },
    ({ url }, response) => {
      if (!/dns_records|bot_management/.test(url ?? '')) return;
      fail(response, 403, 10000);
      return true;
    },
  ));

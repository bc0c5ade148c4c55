import schema from '../../imports/hcloud/schema.json';
import cloudflare from '../../imports/terraform/cloudflare.json';
import hcloud from '../../imports/terraform/hcloud.json';
import {
  forcesReplacement,
  isKeptWhenLeftOut,
  isKnownType,
  isLeftBehind,
} from '../../lib/terraform/providers';
import { disruptiveArguments } from '../../lib/terraform/updates';
import { production } from '../support/production';
import { configurationOf } from '../support/terraform';

test.each([
  ['cloudflare_ruleset', 'name', true],
  ['cloudflare_ruleset', 'rules', false],
  ['cloudflare_dns_record', 'type', true],
  ['hcloud_load_balancer_service', 'protocol', true],
  ['hcloud_server', 'server_type', false],
  ['aws_instance', 'ami', false],
  ['constructor', 'name', false],
])('%s: another %s forces a replacement: %s', (type, argument, expected) => {
  expect(forcesReplacement(type, argument)).toBe(expected);
});

test('a type that no schema here has is unknown, whatever its provider', () => {
  expect(['hcloud_server', 'cloudflare_ruleset'].map(isKnownType)).toEqual([true, true]);
  expect(['hcloud_toaster', 'cloudflare_list', 'aws_instance'].map(isKnownType)).toEqual([
    false,
    false,
    false,
  ]);
});

test('every type of the stacks and of the schema is known', () => {
  const ours = Object.keys(configurationOf(production).resource);
  const [provider] = Object.values(schema.provider_schemas);
  for (const type of [...ours, ...Object.keys(provider?.resource_schemas ?? {})])
    expect([type, isKnownType(type)]).toEqual([type, true]);
});

test('the versions are those that the stacks require', () => {
  expect(configurationOf(production).terraform['required_providers']).toEqual({
    hcloud: { source: hcloud.provider, version: hcloud.version },
    cloudflare: { source: cloudflare.provider, version: cloudflare.version },
  });
});

test('the schemas say what has no delete and what keeps its value', () => {
  expect(isLeftBehind('cloudflare_zone_setting')).toBe(true);
  expect(isLeftBehind('hcloud_server')).toBe(false);
  expect(isKeptWhenLeftOut('hcloud_server', 'firewall_ids')).toBe(true);
  expect(isKeptWhenLeftOut('hcloud_server', 'backups')).toBe(false);
});

test('no argument both forces a replacement and is updated', () => {
  for (const argument of disruptiveArguments('hcloud_server'))
    expect([argument, forcesReplacement('hcloud_server', argument)]).toEqual([argument, false]);
});

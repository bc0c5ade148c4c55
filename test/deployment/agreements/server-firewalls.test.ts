import { serverFirewalls } from '../../../lib/deployment/agreements/server-firewalls';
import { said, sides, withResource } from '../../support/sides';

test('production complies', () => {
  expect(said(serverFirewalls, sides)).toEqual([]);
});

test.each([
  ['none', [], '[]'],
  ['one that is not of this configuration', [4711], '[4711]'],
  ['another', ['${hcloud_firewall.other.id}'], '["${hcloud_firewall.other.id}"]'],
])('a server with %s', (_, firewalls, told) => {
  const broken = withResource('hcloud_server', 'hetzner2', (body) => ({ ...body, firewall_ids: firewalls }));
  expect(said(serverFirewalls, broken)).toEqual([
    `hcloud_server.hetzner2 firewall_ids: is ${told}; it must name \${hcloud_firewall.nodes.id}`,
  ]);
});

test('servers without any firewall in front of them', () => {
  const broken = withResource('hcloud_firewall', 'nodes', () => undefined);
  expect(said(serverFirewalls, broken)).toHaveLength(3);
  expect(said(serverFirewalls, broken)[0]).toMatch(/it must name a firewall, and there is none$/);
});

test.each([[['user_data', 'firewall_ids']], ['all']])('a server that ignores it: %j', (ignored) => {
  const broken = withResource('hcloud_server', 'hetzner2', (body) => ({
    ...body,
    lifecycle: { ignore_changes: ignored },
  }));
  expect(said(serverFirewalls, broken)).toEqual([
    `hcloud_server.hetzner2 lifecycle.ignore_changes: is ${JSON.stringify(ignored)}; remove firewall_ids from it: otherwise Terraform does not restore the firewall of a server that lost it`,
  ]);
});

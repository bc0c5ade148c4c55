import type { TerraformBlock } from '../../../lib/documents/terraform';
import { readConfiguration } from '../../../lib/documents/terraform';
import { describeSum, sumOf } from '../../../lib/terraform/hetzner/cost-item';
import { priceLists, serverTypes } from '../../../lib/terraform/hetzner/prices';
import { terraformCosts } from '../../../lib/terraform/hetzner/resource-costs';

const server = { server_type: 'cx33', location: 'nbg1', public_net: [{ ipv4_enabled: false }] };

function costs(resource: Record<string, Record<string, TerraformBlock>>, list?: string) {
  return terraformCosts([readConfiguration({ resource })], () => list);
}

function sum(type: string, body: TerraformBlock, list?: string): string {
  return describeSum(sumOf(costs({ [type]: { one: body } }, list)));
}

describe('what resources cost', () => {
  test('a server costs what a new order costs', () => {
    expect(sum('hcloud_server', server)).toBe('8.49 EUR a month without VAT');
  });

  test('a server that was ordered by an older list keeps its price', () => {
    expect(sum('hcloud_server', server, '2026-04-01')).toBe('6.49 EUR a month without VAT');
  });

  test('a server without an address of its own gets one that is paid for', () => {
    expect(sum('hcloud_server', { server_type: 'cx33', location: 'nbg1' })).toBe(
      '8.99 EUR a month without VAT',
    );
  });

  test('an address that the server names is paid for once', () => {
    const named = { ...server, public_net: [{ ipv4_enabled: true, ipv4: '${hcloud_primary_ip.one.id}' }] };
    const resource = { hcloud_server: { one: named }, hcloud_primary_ip: { one: { type: 'ipv4' } } };
    expect(describeSum(sumOf(costs(resource)))).toBe('8.99 EUR a month without VAT');
  });

  test('a volume costs by its size', () => {
    expect(sum('hcloud_volume', { size: 100 })).toBe('5.72 EUR a month without VAT');
  });

  test('each instance of a resource is counted', () => {
    expect(sum('hcloud_volume', { size: 100, count: 3 })).toBe('17.16 EUR a month without VAT');
  });

  test('a load balancer costs by its type', () => {
    expect(sum('hcloud_load_balancer', { load_balancer_type: 'lb11' })).toBe('7.49 EUR a month without VAT');
  });

  test('what Hetzner does not charge for is left out', () => {
    expect(costs({ hcloud_firewall: { one: {} }, cloudflare_dns_record: { one: {} } })).toEqual([]);
  });
});

describe('a price that no source states is named as unknown', () => {
  test.each([
    ['a type', 'hcloud_server', { ...server, server_type: 'ccx13' }, 'hcloud_server.one'],
    ['a location outside of Europe', 'hcloud_server', { ...server, location: 'ash' }, 'hcloud_server.one'],
    ['an expression', 'hcloud_server', { ...server, server_type: '${var.type}' }, 'hcloud_server.one'],
    ['a load balancer', 'hcloud_load_balancer', { load_balancer_type: 'lb31' }, 'hcloud_load_balancer.one'],
    ['a size', 'hcloud_volume', { size: '${var.size}' }, 'hcloud_volume.one'],
    ['a floating IP', 'hcloud_floating_ip', { type: 'ipv4' }, 'IPv4 address of hcloud_floating_ip.one'],
  ])('%s', (_, type, body, name) => {
    expect(sum(type, body)).toBe(`0.00 EUR a month without VAT; unknown: ${name}`);
  });

  test('the surcharge for backups', () => {
    expect(sum('hcloud_server', { ...server, backups: true })).toBe(
      '8.49 EUR a month without VAT; unknown: backups of hcloud_server.one',
    );
  });
});

test('every price belongs to a list that is known', () => {
  for (const { prices } of Object.values(serverTypes))
    for (const list of Object.keys(prices)) expect(priceLists).toContain(list);
});

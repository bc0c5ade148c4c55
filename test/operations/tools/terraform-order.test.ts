import type { TerraformChange } from '../../../lib/operations/tools/terraform';
import { describedFirewalls, withoutVariables } from '../../../lib/operations/tools/terraform-firewalls';
import { orderOf } from '../../../lib/operations/tools/terraform-order';

const firewall = 'hcloud_firewall.nodes';

function rule(port: string, sources: string[] | string = ['84.20.10.0/24'], description = port) {
  return { direction: 'in', protocol: 'tcp', port, source_ips: sources, description };
}

const rules = (...all: ReturnType<typeof rule>[]) => new Map([[firewall, all]]);
const none = new Map<string, never>();

function change(action: string, address: string): TerraformChange {
  return { action, address };
}

const addresses = (changes: readonly TerraformChange[]) => changes.map(({ address }) => address);

test('networks and new servers come first, and everything else last', () => {
  const changes = [
    change('create', 'cloudflare_dns_record.shop'),
    change('create', 'hcloud_server.shop4'),
    change('create', 'hcloud_network_subnet.nodes'),
    change('update', 'hcloud_server.shop1'),
  ];
  const { first, last } = orderOf(changes, none, none);
  expect(addresses(first)).toEqual(['hcloud_server.shop4', 'hcloud_network_subnet.nodes']);
  expect(addresses(last)).toEqual(['cloudflare_dns_record.shop', 'hcloud_server.shop1']);
});

test('the certificate has a step of its own', () => {
  const certificate = change('create', 'cloudflare_origin_ca_certificate.hosts');
  const ssl = change('update', 'cloudflare_zone_setting.ssl');
  expect(orderOf([certificate, ssl], none, none)).toEqual({
    ...{ first: [], certificates: [certificate], last: [ssl] },
  });
});

describe('a firewall', () => {
  const update = change('update', firewall);

  test('that opens a port comes first', () => {
    const { first } = orderOf([update], rules(rule('443')), rules(rule('443'), rule('8443')));
    expect(first).toEqual([update]);
  });

  test('that closes a port comes last', () => {
    const { last } = orderOf([update], rules(rule('443'), rule('8443')), rules(rule('443')));
    expect(last).toEqual([update]);
  });

  test('that opens one port and closes another comes last', () => {
    expect(orderOf([update], rules(rule('443')), rules(rule('8443'))).last).toEqual([update]);
  });

  test('whose current rules are not known comes last', () => {
    expect(orderOf([update], none, rules(rule('443'))).last).toEqual([update]);
  });

  test('that is deleted comes last', () => {
    const gone = change('delete', firewall);
    expect(orderOf([gone], rules(rule('443')), none).last).toEqual([gone]);
  });

  test('that is created comes first', () => {
    const created = change('create', firewall);
    expect(orderOf([created], none, rules(rule('443'))).first).toEqual([created]);
  });

  test('that closes a port takes new servers along to the end: Terraform would apply it with them', () => {
    const server = change('create', 'hcloud_server.shop4');
    const { first, last } = orderOf([server, update], rules(rule('443')), rules());
    expect([first, last]).toEqual([[], [server, update]]);
  });

  test('is compared without the rules whose sources are a variable', () => {
    const stack = {
      resource: { hcloud_firewall: { nodes: { rule: [rule('22', '${var.access_networks}')] } } },
    };
    const described = describedFirewalls(JSON.stringify(stack));
    const [current, wanted] = withoutVariables(rules(rule('22', ['84.30.0.7/32'])), described);
    expect(orderOf([update], current, wanted).first).toEqual([update]);
  });
});

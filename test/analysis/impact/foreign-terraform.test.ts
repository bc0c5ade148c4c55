import { impact } from '../../../lib/analysis/impact/impact';
import type { Json } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';
import { readConfiguration } from '../../../lib/documents/terraform';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';

type Blocks = Record<string, Json>;

function outputOf(blocks: Blocks | undefined): Output {
  const stacks =
    blocks === undefined ? [] : [{ file: 'cdk.tf.json', configuration: readConfiguration(blocks) }];
  return { objects: [], stacks, rules: [], texts: new Map() };
}

/** Every consequence that somebody sees without asking for all, as `class object field`, and the reasons. */
function impactOf(base: Blocks | undefined, head: Blocks): { told: string[]; reasons: string } {
  const { consequences } = impact(outputOf(base), outputOf(head), defaultTopology);
  const seen = consequences.filter((each) => each.class !== 'in place');
  return {
    told: seen.map((each) => [each.class, each.object, each.field].join(' ').trim()),
    reasons: consequences.map(({ reason }) => reason).join('\n'),
  };
}

const servers = (body: Blocks, names = ['a', 'b', 'c']): Blocks => ({
  hcloud_server: Object.fromEntries(
    names.map((name) => [name, { name, image: 'ubuntu', server_type: 'cx33', location: 'nbg1', ...body }]),
  ),
});
const withKey = (key: string, body: Blocks = {}): Blocks => ({
  resource: {
    hcloud_ssh_key: { mine: { name: 'mine', public_key: key } },
    ...servers({ ssh_keys: ['${hcloud_ssh_key.mine.id}'], ...body }),
  },
});
const firewall = (body: Blocks): Blocks => ({ hcloud_firewall: { f: { name: 'f', rule: [], ...body } } });
const attached = {
  hcloud_firewall_attachment: {
    f: { firewall_id: '${hcloud_firewall.f.id}', server_ids: ['${hcloud_server.a.id}'] },
  },
};
const addressed = (location: string, place = location): Blocks => ({
  resource: {
    hcloud_primary_ip: { a: { name: 'a', type: 'ipv4', location: place } },
    ...servers({ location, public_net: [{ ipv4: '${hcloud_primary_ip.a.id}' }] }, ['a']),
  },
});
const allLost = (field: string) => ['a', 'b', 'c'].map((name) => `lost hcloud_server.${name} ${field}`);

describe('what an argument refers to', () => {
  test('replaces what names it when it is made anew', () => {
    expect(impactOf(withKey('A'), withKey('B')).told).toEqual([
      ...allLost('ssh_keys'),
      'replaced hcloud_ssh_key.mine public_key',
    ]);
  });

  test('replaces nothing that Terraform ignores', () => {
    const ignoring = { lifecycle: [{ ignore_changes: ['ssh_keys'] }] };
    expect(impactOf(withKey('A', ignoring), withKey('B', ignoring)).told).toEqual([
      'replaced hcloud_ssh_key.mine public_key',
    ]);
  });

  test('replaces nothing that asks for what stays of it', () => {
    const named = { ssh_keys: ['${hcloud_ssh_key.mine.name}'] };
    expect(impactOf(withKey('A', named), withKey('B', named)).told).toEqual([
      'replaced hcloud_ssh_key.mine public_key',
    ]);
  });

  test('reaches through what is made anew because of it', () => {
    const chain = (size: string): Blocks => ({
      variable: { range: { default: size } },
      resource: {
        hcloud_network: { n: { name: 'n', ip_range: '${var.range}' } },
        hcloud_network_subnet: { s: { network_id: '${hcloud_network.n.id}', type: 'cloud' } },
        hcloud_server_network: { a: { subnet_id: '${hcloud_network_subnet.s.id}', server_id: '1' } },
      },
    });
    expect(impactOf(chain('10.0.0.0/16'), chain('10.1.0.0/16')).told).toEqual([
      'replaced hcloud_network.n ip_range',
      'replaced hcloud_network_subnet.s network_id',
      'replaced hcloud_server_network.a subnet_id',
    ]);
  });

  test.each<[string, (value: string) => Blocks, string]>([
    ["a variable's default", (value) => ({ variable: { u: { default: value } } }), '${var.u}'],
    ['a local value', (value) => ({ locals: { u: value } }), '${local.u}'],
    [
      'a data source',
      (value) => ({ data: { hcloud_image: { u: { name: value } } } }),
      '${data.hcloud_image.u.id}',
    ],
  ])('is %s, too', (_, source, image) => {
    const stack = (value: string) => ({ ...source(value), resource: servers({ image }) });
    expect(impactOf(stack('x'), stack('y')).told).toEqual(allLost('image'));
  });

  test('is not what Terraform holds against a data source', () => {
    const stack = (message: string) => ({
      data: { hcloud_image: { u: { lifecycle: { postcondition: [{ error_message: message }] } } } },
      resource: servers({ image: '${data.hcloud_image.u.id}' }),
    });
    expect(impactOf(stack('x'), stack('y')).told).toEqual([]);
  });
});

describe('a foreign configuration', () => {
  test('may have no resources', () => {
    expect(impactOf({ variable: { u: {} } }, { variable: { u: { type: 'string' } } }).told).toEqual([]);
  });

  test.each<[string, string, Json]>([
    ['hcloud_firewall', 'rule', [null, { protocol: 7, port: true, source_ips: 'x' }]],
    ['hcloud_firewall', 'rule', 'x'],
    ['hcloud_server', 'lifecycle', null],
    ['cloudflare_ruleset', 'rules', 'x'],
    ['cloudflare_ruleset', 'rules', [null, { expression: {} }]],
  ])('may be one that Terraform refuses: %s with another %s', (type, argument, value) => {
    const phase = 'http_request_firewall_custom';
    const rules = [{ protocol: 'tcp', port: '22', action: 'block', expression: 'a', ref: 'a' }];
    const [right, wrong] = [rules, value].map((each) => ({
      resource: { [type]: { a: { phase, [argument]: each } } },
    }));
    expect(() => [impactOf(right, wrong ?? {}), impactOf(wrong, right ?? {})]).not.toThrow();
  });

  test('may write its blocks as lists', () => {
    const listed = (image: string) => ({
      resource: [{ hcloud_server: { a: [{ image }] } }, { hcloud_server: [{ b: { image } }] }],
    });
    expect(impactOf(listed('x'), listed('y')).told).toEqual([
      'lost hcloud_server.a image',
      'lost hcloud_server.b image',
    ]);
  });

  test('is refused where it is no map', () => {
    expect(() => readConfiguration([])).toThrow('the file must contain a map of blocks');
  });

  test('may keep its state elsewhere than before', () => {
    const remote = { terraform: { backend: { s3: { bucket: 'state' } } }, resource: servers({}) };
    expect(impactOf(remote, { resource: servers({}) }).told).toEqual([
      'fails terraform.backend terraform.backend',
    ]);
  });

  test('may take over what it does not name', () => {
    const resource = servers({});
    expect(impactOf({ resource, import: [{ id: '1' }] }, { resource, import: [] }).told).toEqual([]);
  });

  test('loses what a module made', () => {
    const resource = servers({});
    expect(impactOf({ resource, module: { m: { source: './m' } } }, { resource }).told).toEqual([
      'lost module.m',
    ]);
  });

  test('may replace what a module made', () => {
    const stack = (source: string) => ({ resource: servers({}), module: { m: { source } } });
    expect(impactOf(stack('./a'), stack('./b')).told).toEqual(['replaced module.m.source']);
  });

  test('may replace a resource of an unknown provider', () => {
    const stack = (ami: string) => ({ resource: { aws_instance: { a: { ami } } } });
    expect(impactOf(stack('x'), stack('y')).told).toEqual(['replaced aws_instance.a ami']);
  });

  test('says of an import that goes what hangs on it', () => {
    const resource = servers({});
    const imported = { resource, import: { to: 'hcloud_server.a', id: '1' } };
    const { told, reasons } = impactOf(imported, { resource });
    expect(told).toEqual([]);
    expect(reasons).toContain('one that is not yet imported is created a second time');
  });

  test('that was not there before may make what exists a second time', () => {
    expect(impactOf(undefined, { resource: servers({}) }).told).toEqual(['exposed cdk.tf.json']);
  });

  test('that takes over all that it describes makes nothing a second time', () => {
    const head = { resource: servers({}, ['a']), import: [{ to: 'hcloud_server.a', id: '1' }] };
    expect(impactOf(undefined, head).told).toEqual([]);
  });
});

describe('a cache of Cloudflare', () => {
  const caching = (cache: boolean, expression: string): Blocks => ({
    resource: {
      cloudflare_ruleset: {
        c: {
          ...{ phase: 'http_request_cache_settings', kind: 'zone' },
          rules: [{ ref: 'static', action: 'set_cache_settings', expression, action_parameters: { cache } }],
        },
      },
    },
  });

  test.each([
    ['of other answers', caching(true, 'a'), caching(true, 'b'), ['exposed cloudflare_ruleset.c rules']],
    ['that begins', caching(false, 'a'), caching(true, 'a'), ['exposed cloudflare_ruleset.c rules']],
    ['that ends', caching(true, 'a'), caching(false, 'a'), []],
  ])('%s may give what is for one visitor to others', (_, base, head, told) => {
    expect(impactOf(base, head).told).toEqual(told);
  });
});

describe('a firewall', () => {
  test.each<[string, Blocks, Blocks, string]>([
    ['that nothing attaches', { ...firewall({}), ...attached }, firewall({}), 'hcloud_firewall_attachment.f'],
    [
      'that applies to fewer',
      firewall({ apply_to: [{ label_selector: 'role=node' }] }),
      firewall({}),
      'hcloud_firewall.f',
    ],
  ])('%s leaves servers open', (_, before, after, object) => {
    const base = { resource: { ...servers({}), ...before } };
    expect(impactOf(base, { resource: { ...servers({}), ...after } }).told).toEqual([`exposed ${object}`]);
  });
});

describe('a server of another location', () => {
  test('is refused where its address stays', () => {
    expect(impactOf(addressed('nbg1'), addressed('fsn1', 'nbg1')).told).toEqual([
      'fails hcloud_server.a location',
    ]);
  });

  test('takes its address along where that moves, too, as another', () => {
    const { told, reasons } = impactOf(addressed('nbg1'), addressed('fsn1'));
    expect(told).toEqual(['lost hcloud_server.a location', 'lost hcloud_primary_ip.a location']);
    expect(reasons).toContain('The server gets another address');
  });
});

describe('a provider whose schema is known', () => {
  const stack = (type: string, body: Blocks): Blocks => ({ resource: { [type]: { a: body } } });

  test.each<[string, string, Blocks, Blocks, string[]]>([
    [
      'another name',
      'cloudflare_ruleset',
      { name: 'x' },
      { name: 'y' },
      ['replaced cloudflare_ruleset.a name'],
    ],
    [
      'another setting',
      'cloudflare_zone_setting',
      { setting_id: 'a' },
      { setting_id: 'b' },
      ['left behind cloudflare_zone_setting.a setting_id'],
    ],
    ['a type that the schema has not', 'hcloud_toaster', { a: 1 }, { a: 2 }, ['replaced hcloud_toaster.a a']],
    [
      'an address that is protected',
      'hcloud_primary_ip',
      { location: 'nbg1', delete_protection: true },
      { location: 'fsn1', delete_protection: true },
      ['fails hcloud_primary_ip.a location'],
    ],
    ['a location that is left out', 'hcloud_volume', { location: 'nbg1' }, {}, []],
    ['a rescue system', 'hcloud_server', {}, { rescue: 'linux64' }, ['restarts hcloud_server.a rescue']],
    [
      'a network that is left',
      'hcloud_server',
      { network: [{ network_id: 1 }] },
      { network: [{ network_id: 2 }] },
      ['cut off hcloud_server.a network[0].network_id'],
    ],
    [
      'another address in a network',
      'hcloud_server',
      { network: [{ network_id: 1, ip: '10.0.0.2' }] },
      { network: [{ network_id: 1, ip: '10.0.0.3' }] },
      [],
    ],
  ])('knows %s', (_, type, before, after, told) => {
    expect(impactOf(stack(type, before), stack(type, after)).told).toEqual(told);
  });

  test.each<[string, string[], Blocks, string[]]>([
    ['public_net', ['public_net'], { public_net: [{ ipv4: 1 }] }, ['restarts']],
    ['placement_group_id', ['placement_group_id'], { placement_group_id: 1 }, ['fails']],
    ['backups', ['backups'], {}, ['lost']],
    ['backups that are stated', ['backups'], { backups: true }, []],
    ['image', ['image'], { image: 'x' }, ['replaced']],
    ['an image that is left out', ['image'], {}, []],
    ['labels', ['labels'], {}, []],
  ])('knows what comes of no longer ignoring %s', (_, ignored, body, classes) => {
    const before = stack('hcloud_server', { ...body, lifecycle: [{ ignore_changes: ignored }] });
    const { told } = impactOf(before, stack('hcloud_server', body));
    expect(told.map((each) => each.split(' ')[0])).toEqual(classes);
  });

  test('loses nothing that it has no delete for', () => {
    const gone = { resource: { cloudflare_bot_management: { a: {} } } };
    expect(impactOf(gone, { resource: {} }).told).toEqual(['left behind cloudflare_bot_management.a']);
  });

  test('knows the names of records in every spelling', () => {
    const records = (names: readonly string[]): Blocks => ({
      resource: {
        cloudflare_dns_record: Object.fromEntries(
          names.map((name, index) => [
            `r${index}`,
            { name, type: 'A', content: '203.0.113.9', zone_id: 'z', proxied: true },
          ]),
        ),
      },
    });
    const full = records(['example.com', 'api.example.com', 'www.example.com']);
    expect(impactOf(full, records(['@', 'api', 'WWW.example.com.'])).told).toEqual([]);
    expect(impactOf(full, records(['@', 'app', 'www'])).told).toContain('cut off api.example.com');
  });
});

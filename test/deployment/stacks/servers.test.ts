import { newCluster as made } from '../../support/new-cluster';
import { production, productionWith } from '../../support/production';
import { addresses, configurationOf, resource } from '../../support/terraform';

const adopted = configurationOf(production);

describe('a server that runs already', () => {
  test.each([
    ['hetzner1', 'ubuntu-8gb-nbg1-2', '178.104.247.152'],
    ['hetzner2', 'ubuntu-8gb-nbg1-1', '178.105.32.198'],
    ['hetzner3', 'ubuntu-8gb-nbg1-3', '178.104.249.189'],
  ])('%s has the name and the address that the book states', (alias, name, address) => {
    const server = resource(production, 'hcloud_server', alias);
    expect(server).toMatchObject({ name, server_type: 'cx33', location: 'nbg1', image: 'ubuntu-24.04' });
    expect(JSON.stringify(server['lifecycle'])).toContain(`self.ipv4_address == \\"${address}\\"`);
  });

  test('is imported together with its address', () => {
    expect(adopted.import).toEqual(
      expect.arrayContaining([
        { to: 'hcloud_server.hetzner1', id: '${var.adopt_servers_hetzner1}' },
        { to: 'hcloud_primary_ip.hetzner1', id: '${var.adopt_primary_ips_hetzner1}' },
      ]),
    );
  });

  test('keeps what the provider would replace it for, and can not be destroyed', () => {
    expect(resource(production, 'hcloud_server', 'hetzner1')).toMatchObject({
      delete_protection: true,
      rebuild_protection: true,
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: [
          ...['user_data', 'ssh_keys', 'image', 'location', 'public_net', 'placement_group_id', 'network'],
          // Neither is stated, and neither may go with the first apply.
          ...['backups', 'labels'],
        ],
      },
    });
  });

  test('has the backups and the labels that are stated, and Terraform minds them', () => {
    const stated = productionWith(
      ['    hostname: ubuntu-8gb-nbg1-2\n', '    hostname: ubuntu-8gb-nbg1-2\n    backups: false\n'],
      ['  privateNetwork: none', '  labels: { stage: production }\n  privateNetwork: none'],
    );
    const server = resource(stated, 'hcloud_server', 'hetzner1');
    expect(server).toMatchObject({ backups: false, labels: { stage: 'production' } });
    expect(JSON.stringify(server['lifecycle'])).not.toMatch(/backups|labels/);
    for (const type of ['hcloud_firewall', 'hcloud_placement_group'])
      expect(resource(stated, type, 'nodes')).toMatchObject({ labels: { stage: 'production' } });
    expect(resource(stated, 'hcloud_primary_ip', 'hetzner2')).toMatchObject({
      labels: { stage: 'production' },
    });
  });

  test('and its address are let go by one switch, which takes off every protection of Hetzner', () => {
    const leaving = productionWith([
      '    hostname: ubuntu-8gb-nbg1-1\n',
      '    hostname: ubuntu-8gb-nbg1-1\n    deleteProtection: false\n',
    ]);
    expect(resource(leaving, 'hcloud_server', 'hetzner2')).toMatchObject({
      ...{ delete_protection: false, rebuild_protection: false, lifecycle: { prevent_destroy: true } },
    });
    expect(resource(leaving, 'hcloud_primary_ip', 'hetzner2')).toMatchObject({ delete_protection: false });
    expect(resource(leaving, 'hcloud_server', 'hetzner3')).toMatchObject({ delete_protection: true });
  });

  test('has no user-data, and so no secret in the state', () => {
    expect(resource(production, 'hcloud_server', 'hetzner1')).not.toHaveProperty('user_data');
    expect(Object.keys(adopted.variable)).not.toContain('k3s_token');
  });
});

describe('a server that is made', () => {
  test('is made with an address that outlives it, which everything refers to', () => {
    expect(resource(made, 'hcloud_primary_ip', 'shop1')).toMatchObject({ auto_delete: false });
    expect(resource(made, 'hcloud_server', 'shop1')['public_net']).toEqual([
      { ipv4_enabled: true, ipv4: '${hcloud_primary_ip.shop1.id}', ipv6_enabled: false },
    ]);
    expect(resource(made, 'cloudflare_dns_record', 'shop_example_com_shop1')).toMatchObject({
      content: '${hcloud_primary_ip.shop1.ip_address}',
    });
    expect(JSON.stringify(configurationOf(made).resource)).not.toContain('192.0.2.1');
  });

  test('can not be destroyed, and is not replaced for what only its first start reads', () => {
    expect(resource(made, 'hcloud_server', 'shop1')['lifecycle']).toMatchObject({
      prevent_destroy: true,
      ignore_changes: ['user_data', 'ssh_keys'],
    });
  });

  test('has its place in the private network, made before it', () => {
    expect(resource(made, 'hcloud_server', 'shop2')).toMatchObject({
      network: [{ network_id: '${hcloud_network.nodes.id}', ip: '10.0.1.12', alias_ips: [] }],
      depends_on: ['hcloud_network_subnet.nodes'],
    });
  });

  test('has a name to be looked up by', () => {
    expect(resource(made, 'hcloud_rdns', 'shop1')).toEqual({
      primary_ip_id: '${hcloud_primary_ip.shop1.id}',
      ip_address: '${hcloud_primary_ip.shop1.ip_address}',
      dns_ptr: 'shop1.example.net',
    });
  });

  test('is not adopted: a server without an id is not imported', () => {
    expect(configurationOf(made).import).toEqual([]);
  });

  test('needs secrets, which are sensitive variables without a default', () => {
    for (const name of ['hcloud_token', 'cloudflare_api_token', 'k3s_token', 'registry_password']) {
      const variable = configurationOf(made).variable[name];
      expect(variable).toMatchObject({ sensitive: true, type: 'string', nullable: false });
      expect(variable).not.toHaveProperty('default');
      expect(variable?.['description']).toBeTruthy();
      expect(variable?.['validation']).toHaveLength(1);
    }
  });
});

describe('a fourth node', () => {
  const fourth = productionWith([
    '  hetzner3:\n    address: 178.104.249.189',
    '  hetzner4:\n    address: 192.0.2.44\n    hostname: ubuntu-8gb-nbg1-4\n    type: cx33\n    location: nbg1\n    image: ubuntu-24.04\n  hetzner3:\n    address: 178.104.249.189',
  ]);
  const more = configurationOf(fourth);

  test('adds its own resources, and the keys that log on to it', () => {
    const known = addresses(adopted);
    expect(
      addresses(more)
        .filter((address) => !known.includes(address))
        .sort(),
    ).toEqual([
      'cloudflare_dns_record.admin_myhoneydue_com_hetzner4',
      'cloudflare_dns_record.api_myhoneydue_com_hetzner4',
      'cloudflare_dns_record.app_myhoneydue_com_hetzner4',
      'cloudflare_dns_record.myhoneydue_com_hetzner4',
      'hcloud_primary_ip.hetzner4',
      'hcloud_server.hetzner4',
      'hcloud_ssh_key.operator',
    ]);
  });

  test('changes no other resource but those that name every node: the firewall, and the rate limit', () => {
    const bodies = ({ resource: all }: typeof more) =>
      new Map(
        Object.entries(all).flatMap(([type, named]) =>
          Object.entries(named).map(([name, body]) => [`${type}.${name}`, JSON.stringify(body)] as const),
        ),
      );
    const [before, after] = [bodies(adopted), bodies(more)];
    expect(
      [...before].filter(([address, body]) => after.get(address) !== body).map(([address]) => address),
    ).toEqual(['hcloud_firewall.nodes', 'cloudflare_ruleset.http_request_firewall_custom']);
    expect(more.import).toEqual(adopted.import);
  });

  test.each(['hetzner1', 'hetzner2', 'hetzner3'])(
    "changes nothing of %s's script but that the new server is let in and counted, once its address is known",
    (name) => {
      const text = (synthesis: typeof fourth) =>
        synthesis.files.find(({ path }) => path === `nodes/${name}.sh`)?.text.split('\n') ?? [];
      const [before, after] = [text(production), text(fourth)];
      const counted = /^(k3s_servers=| {2}bucket )/;
      const gone = before.filter((line) => !after.includes(line));
      expect([gone.length, gone.every((line) => counted.test(line))]).toEqual([2, true]);
      expect(after.filter((line) => !before.includes(line) && !counted.test(line))).toEqual([
        '#   nodes.hetzner4.address: terraform -chdir=dist/terraform/stacks/honeydue output addresses',
        "  unresolved nodes.hetzner4.address 'terraform -chdir=dist/terraform/stacks/honeydue output addresses'",
        "  rule node 'allow from 192.0.2.44 to any port 2379:2380,6443,9101,9102,10250 proto tcp'",
        "  rule 'node, flannel' 'allow from 192.0.2.44 to any port 8472 proto udp'",
      ]);
    },
  );

  test('changes of the manifests what names or counts all nodes, and nothing else', () => {
    const changed = fourth.files.filter(({ path, text }) => {
      const before = production.files.find((file) => file.path === path)?.text;
      return path.endsWith('.yaml') && before !== text;
    });
    expect(changed.map(({ path }) => path)).toEqual([
      '1-ingress.k8s.yaml',
      '1-network.k8s.yaml',
      '3-vmagent.k8s.yaml',
      'prometheus/honeydue.rules.yaml',
    ]);
    for (const { path, text } of changed) {
      const before = production.files.find((file) => file.path === path)?.text.split('\n') ?? [];
      const lines = text.split('\n').filter((line) => !before.includes(line));
      for (const line of lines)
        expect(line).toMatch(/192\.0\.2\.44|ubuntu-8gb-nbg1-4|checksum\/vmagent|< 4$|of 4 pods of traefik/);
    }
  });

  test('is among those that the firewall lets talk to each other', () => {
    const rules = JSON.stringify(resource(fourth, 'hcloud_firewall', 'nodes'));
    expect(rules).toContain('"${hcloud_primary_ip.hetzner4.ip_address}/32"');
  });

  test('is not replaced when its address is stated, and with it its script changes', () => {
    expect(resource(fourth, 'hcloud_server', 'hetzner4')).toMatchObject({
      lifecycle: { ignore_changes: ['user_data', 'ssh_keys'] },
    });
  });

  test('has an address that is not known yet', () => {
    expect(fourth.model.unresolved.map(({ path }) => path)).toContain('nodes.hetzner4.address');
  });
});

import { firewallPorts } from '../../../lib/deployment/agreements/firewall-ports';
import type { Sides } from '../../../lib/deployment/agreements/sides';
import type { TerraformBlock } from '../../../lib/documents/terraform';
import { metricsSocket } from '../../../lib/nodes/metrics';
import { said, sides, withObject, withResource, withRules, withSetup } from '../../support/sides';

const described = (text: string) => (rule: TerraformBlock) => String(rule['description']).includes(text);
const without = (text: string) => withRules((rules) => rules.filter((rule) => !described(text)(rule)));
const rule = (more: TerraformBlock): TerraformBlock => ({ direction: 'in', protocol: 'tcp', ...more });

test('production complies', () => {
  expect(said(firewallPorts, sides)).toEqual([]);
});

test.each([
  ['etcd', '2379-2380/tcp: has no rule for etcd'],
  ['API, between nodes', "6443/tcp: has no rule for Kubernetes' API"],
  ['kubelet', '10250/tcp: has no rule for the kubelet'],
  ['flannel', '8472/udp: has no rule for flannel'],
])('a firewall that forgets how nodes talk: %s', (text, message) => {
  expect(said(firewallPorts, without(text))).toEqual([
    `hcloud_firewall.nodes ${message} from hetzner1, hetzner2, hetzner3: these nodes lose contact with the other nodes, and etcd loses its quorum; add it`,
  ]);
});

test('a firewall that forgets the metrics agent', () => {
  expect(said(firewallPorts, without('metrics'))).toEqual([
    expect.stringMatching("9101/tcp: has no rule for Traefik's metrics from hetzner1, hetzner2, hetzner3"),
    expect.stringMatching("9102/tcp: has no rule for the node's metrics from hetzner1, hetzner2, hetzner3"),
  ]);
});

test('a node that answers no metrics agent needs no rule for one', () => {
  const setups = sides.setups.map((setup) => ({
    ...setup,
    units: setup.units.filter((unit) => unit !== metricsSocket),
  }));
  expect(said(firewallPorts, { ...sides, setups })).toContain(
    'the firewall of hetzner1 9102/tcp: is open, but no program listens on the port; remove the rule',
  );
});

test('a firewall without a single rule', () => {
  expect(
    said(
      firewallPorts,
      withRules(() => []),
    ),
  ).toContain(
    'hcloud_firewall.nodes 2379-2380/tcp: has no rule for etcd from hetzner1, hetzner2, hetzner3: these nodes lose contact with the other nodes, and etcd loses its quorum; add it',
  );
});

test('a firewall that forgets one node', () => {
  const broken = withRules((rules) =>
    rules.map((each) =>
      described('etcd')(each) ? { ...each, source_ips: ['178.104.247.152/32', '178.105.32.198/32'] } : each,
    ),
  );
  expect(said(firewallPorts, broken)).toEqual([
    'hcloud_firewall.nodes 2379-2380/tcp: has no rule for etcd from hetzner3: these nodes lose contact with the other nodes, and etcd loses its quorum; add it',
  ]);
});

test('a firewall that forgets Cloudflare', () => {
  expect(said(firewallPorts, without('HTTPS'))).toEqual([
    "hcloud_firewall.nodes 443/tcp: has no rule for Traefik's websecure from Cloudflare; add it",
  ]);
});

test('a firewall that forgets the operator', () => {
  expect(said(firewallPorts, without('SSH'))).toEqual([
    'hcloud_firewall.nodes 22/tcp: has no rule for SSH from the operator; add it',
  ]);
});

test.each(['22', '6443'])('%s open to the world', (port) => {
  const broken = withRules((rules) => [...rules, rule({ port, source_ips: ['0.0.0.0/0', '::/0'] })]);
  expect(said(firewallPorts, broken)).toEqual([
    expect.stringMatching(
      new RegExp(
        `^hcloud_firewall.nodes ${port}/tcp: is open to 0.0.0.0/0, ::/0; it must be open only to the operator.*$`,
      ),
    ),
  ]);
});

test('half of the world is the world', () => {
  const broken = withRules((rules) => [...rules, rule({ port: '22', source_ips: ['128.0.0.0/1'] })]);
  expect(said(firewallPorts, broken)).toHaveLength(1);
});

test.each(['2379', '2380', '10250'])('%s open to somebody who is no node', (port) => {
  const broken = withRules((rules) => [...rules, rule({ port, source_ips: ['84.20.10.0/24'] })]);
  expect(said(firewallPorts, broken)).toContain(
    `hcloud_firewall.nodes ${port}/tcp: is open to 84.20.10.0/24; it must be open only to the nodes`,
  );
});

test('a rule without a listener', () => {
  const broken = withRules((rules) => [...rules, rule({ port: '2377', source_ips: ['84.20.10.0/24'] })]);
  expect(said(firewallPorts, broken)).toEqual([
    'hcloud_firewall.nodes 2377/tcp: is open, but no program listens on the port; remove the rule',
  ]);
});

test('a listener without a rule', () => {
  const broken = withObject('HelmChartConfig', 'traefik', 'port: 443\\n', 'port: 8443\\n');
  expect(said(firewallPorts, broken)).toEqual(
    expect.arrayContaining([
      "hcloud_firewall.nodes 8443/tcp: has no rule for Traefik's websecure from Cloudflare; add it",
      "the firewall of hetzner2 8443/tcp: has no rule for Traefik's websecure from Cloudflare; add it",
      'hcloud_firewall.nodes 443/tcp: is open, but no program listens on the port; remove the rule',
    ]),
  );
});

test('a node whose own firewall keeps its peers out', () => {
  const broken = withSetup('hetzner2', (setup) => ({
    ...setup,
    firewall: setup.firewall.filter(({ purpose }) => purpose !== 'node'),
  }));
  expect(said(firewallPorts, broken)).toContain(
    'the firewall of hetzner2 2379-2380/tcp: has no rule for etcd from hetzner1, hetzner3: these nodes lose contact with the other nodes, and etcd loses its quorum; add it',
  );
});

/** The sides of nodes that are to talk by private addresses, before a firewall without rules between nodes. */
function talkingPrivately(): Sides {
  const setups = sides.setups.map((setup, index) => ({
    ...setup,
    k3s: { ...setup.k3s, address: `10.0.1.${index + 2}` },
    firewall: setup.firewall.flatMap((each) => {
      const peer = sides.nodes.findIndex(({ address }) => address === each.from);
      return peer === -1 ? [each] : [{ ...each, from: `10.0.1.${peer + 2}` }];
    }),
  }));
  return { ...sides, setups, terraform: without('between nodes').terraform };
}

const withImports = (of: Sides, change: (imports: Imports) => Imports): Sides => ({
  ...of,
  terraform: of.terraform.map((each) => ({ ...each, import: change(each.import) })),
});
type Imports = Sides['terraform'][number]['import'];

test('nodes that talk over a private network need no rule before it', () => {
  const made = withImports(talkingPrivately(), (all) => all.filter(({ to }) => !/^hcloud_server/.test(to)));
  expect(said(firewallPorts, made)).toEqual([]);
});

test('so do servers that run, where their network is taken over, too', () => {
  const adopted = withImports(talkingPrivately(), (all) => [...all, { to: 'hcloud_network.nodes', id: '1' }]);
  expect(said(firewallPorts, adopted)).toEqual([]);
});

test('servers that run and join no network talk by their public addresses, whatever is described', () => {
  expect(said(firewallPorts, talkingPrivately())).toContain(
    'hcloud_firewall.nodes 2379-2380/tcp: has no rule for etcd from hetzner1, hetzner2, hetzner3: these nodes lose contact with the other nodes, and etcd loses its quorum; add it',
  );
});

test("a firewall that forgets the operator's way to the API", () => {
  expect(said(firewallPorts, without('API, from the operator'))).toEqual([
    "hcloud_firewall.nodes 6443/tcp: has no rule for Kubernetes' API from the operator; add it",
  ]);
});

test('a rule of another protocol admits no client', () => {
  const broken = withRules((rules) =>
    rules.map((each) => (described('flannel')(each) ? { ...each, protocol: 'tcp' } : each)),
  );
  expect(said(firewallPorts, broken)).toEqual([
    'hcloud_firewall.nodes 8472/udp: has no rule for flannel from hetzner1, hetzner2, hetzner3: these nodes lose contact with the other nodes, and etcd loses its quorum; add it',
    'hcloud_firewall.nodes 8472/tcp: is open, but no program listens on the port; remove the rule',
  ]);
});

test.each([
  ['6443', 'tcp', 'the operator and the nodes'],
  ['443', 'tcp', 'Cloudflare'],
  ['443', 'udp', 'the clients of this port, and it has no clients'],
])('%s/%s open to the world is told whom it answers', (port, protocol, whom) => {
  const broken = withRules((rules) => [...rules, rule({ port, protocol, source_ips: ['0.0.0.0/0'] })]);
  expect(said(firewallPorts, broken)).toContain(
    `hcloud_firewall.nodes ${port}/${protocol}: is open to 0.0.0.0/0; it must be open only to ${whom}`,
  );
});

test('every port open to the world', () => {
  const broken = withRules((rules) => [...rules, rule({ port: 'any', source_ips: ['0.0.0.0/0'] })]);
  expect(said(firewallPorts, broken)).toEqual([
    'hcloud_firewall.nodes 1-65535/tcp: is open, but no program listens on the port; remove the rule',
    'hcloud_firewall.nodes 1-65535/tcp: is open to 0.0.0.0/0; it must be open only to the nodes and Cloudflare and the operator',
  ]);
});

test('unknown nodes are reported together', () => {
  const broken = withRules((rules) => [
    ...rules,
    rule({ port: '10250', source_ips: ['84.20.10.0/24', '178.104.247.152/32', '84.20.11.0/24'] }),
  ]);
  expect(said(firewallPorts, broken)).toEqual([
    'hcloud_firewall.nodes 10250/tcp: is open to 84.20.10.0/24, 84.20.11.0/24; it must be open only to the nodes',
  ]);
});

test('what lets packets out opens nothing', () => {
  const broken = withRules((rules) => [...rules, rule({ direction: 'out', port: '2377', source_ips: [] })]);
  expect(said(firewallPorts, broken)).toEqual([]);
});

test("a deployment without Hetzner's firewall has the nodes' own", () => {
  expect(said(firewallPorts, { ...sides, terraform: [] })).toEqual([]);
});

test('a cluster with unknown nodes', () => {
  expect(said(firewallPorts, { ...sides, objects: [], setups: [] })).toEqual([]);
});

test('a node whose own firewall admits no client', () => {
  const broken = withSetup('hetzner2', (setup) => ({ ...setup, firewall: [] }));
  expect(said(firewallPorts, broken)).toContain(
    "the firewall of hetzner2 443/tcp: has no rule for Traefik's websecure from Cloudflare; add it",
  );
});

test.each([
  ['knows', ['84.20.10.0/24'], ['22/tcp: has no rule for SSH', "6443/tcp: has no rule for Kubernetes' API"]],
  ["doesn't know", undefined, []],
])('a node whose own firewall lacks rules for an operator whom it %s', (_, networks, lacks) => {
  const broken = withSetup('hetzner2', (setup) => ({ ...setup, ssh: { ...setup.ssh, networks } }));
  expect(said(firewallPorts, broken)).toEqual(
    lacks.map((each) => `the firewall of hetzner2 ${each} from the operator; add it`),
  );
});

test('what only the node itself reaches needs no rule', () => {
  const broken = withObject(
    'HelmChartConfig',
    'traefik',
    'port: 9101\\n',
    'port: 9101\\n    hostIP: 127.0.0.1\\n',
  );
  expect(said(firewallPorts, broken)).toContain(
    'hcloud_firewall.nodes 9101/tcp: is open, but no program listens on the port; remove the rule',
  );
});

test("a Traefik off the host's network listens on no port of the nodes", () => {
  const broken = withObject('HelmChartConfig', 'traefik', 'hostNetwork: true', 'hostNetwork: false');
  expect(said(firewallPorts, broken)).toContain(
    'hcloud_firewall.nodes 443/tcp: is open, but no program listens on the port; remove the rule',
  );
});

test.each([
  [
    'embedded-registry: true',
    [
      'hcloud_firewall.nodes 5001/tcp: has no rule for the embedded registry from hetzner1, hetzner2, hetzner3: these nodes lose contact with the other nodes, and etcd loses its quorum; add it',
    ],
  ],
  ['# embedded-registry: true', []],
  ['embedded-registry: false', []],
])('nodes with "%s" in their configuration of k3s', (line, expected) => {
  const setups = sides.setups.map((setup) => {
    const files = setup.k3s.files.map((file) =>
      file.path.endsWith('config.yaml') ? { ...file, text: `${file.text}${line}\n` } : file,
    );
    return { ...setup, k3s: { ...setup.k3s, files } };
  });
  expect(said(firewallPorts, { ...sides, setups }).filter((each) => each.startsWith('hcloud'))).toEqual(
    expected,
  );
});

test('a port of one node alone that nothing listens on', () => {
  const broken = withSetup('hetzner2', (setup) => ({
    ...setup,
    firewall: [
      ...setup.firewall,
      { from: '84.20.10.0/24', protocol: 'tcp', ports: ['2377'], purpose: 'by hand' },
    ],
  }));
  expect(said(firewallPorts, broken)).toEqual([
    'the firewall of hetzner2 2377/tcp: is open, but no program listens on the port; remove the rule',
  ]);
});

test.each(['2378-2380', '2379-2381'])('%s open, which is more than etcd listens on', (port) => {
  const broken = withRules((rules) => [...rules, rule({ port, source_ips: ['178.104.247.152/32'] })]);
  expect(said(firewallPorts, broken)).toEqual([
    `hcloud_firewall.nodes ${port}/tcp: is open, but no program listens on the port; remove the rule`,
  ]);
});

test('nodes may talk by IPv6', () => {
  const text = JSON.stringify(sides)
    .replaceAll('178.105.32.198/32', '2a01:4f8::1/128')
    .replaceAll('178.105.32.198', '2a01:4f8::1');
  expect(said(firewallPorts, JSON.parse(text) as Sides)).toEqual([]);
});

test('a port of Traefik without declared clients needs no rule', () => {
  const broken = withObject(
    'HelmChartConfig',
    'traefik',
    'port: 9101\\n',
    'port: 9101\\n  extra:\\n    port: 9200\\n',
  );
  expect(said(firewallPorts, broken)).toEqual([]);
});

test('a firewall of a single rule', () => {
  const broken = withResource('hcloud_firewall', 'nodes', (body) => ({
    ...body,
    rule: rule({ port: '2377', source_ips: ['84.20.10.0/24'] }),
  }));
  expect(said(firewallPorts, broken)).toContain(
    'hcloud_firewall.nodes 2377/tcp: is open, but no program listens on the port; remove the rule',
  );
});

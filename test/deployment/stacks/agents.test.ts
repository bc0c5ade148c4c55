import { firewallPorts } from '../../../lib/deployment/agreements/firewall-ports';
import type { Sides } from '../../../lib/deployment/agreements/sides';
import { drillFacts } from '../../../lib/deployment/checks/drill-facts';
import { nodeSetups } from '../../../lib/deployment/stacks/node-scripts';
import type { TerraformBlock } from '../../../lib/documents/terraform';
import type { Edit } from '../../support/configuration';
import { production, productionWith } from '../../support/production';
import { said } from '../../support/sides';
import { resource } from '../../support/terraform';

const fourth: Edit = [
  '  hetzner2:\n',
  `  hetzner4:
    address: 192.0.2.4
    hostname: fourth
    type: cx33
    location: nbg1
    image: ubuntu-24.04
    role: agent
    labels:
      honeydue/batch: "true"
  hetzner2:
`,
];
const withAgent = productionWith(fourth);
const withRegistry = productionWith(fourth, ['embeddedRegistry: false', 'embeddedRegistry: true']);

type Made = typeof withAgent;

function rules(of: Made, firewall: string): TerraformBlock[] {
  return resource(of, 'hcloud_firewall', firewall)['rule'] as TerraformBlock[];
}

function sources(of: Made, firewall: string, port: string): unknown[] {
  return rules(of, firewall)
    .filter((rule) => rule['port'] === port)
    .map((rule) => rule['source_ips']);
}

const script = (of: Made, node: string) =>
  of.files.find(({ path }) => path === `nodes/${node}.sh`)?.text ?? '';
const servers = ['178.104.247.152/32', '178.105.32.198/32', '178.104.249.189/32'];
const agent = '${hcloud_primary_ip.hetzner4.ip_address}/32';

test('is in no warning: it is no member of etcd', () => {
  expect(withAgent.warnings).toEqual([]);
});

describe("Hetzner's firewall", () => {
  test('in front of an agent does not open etcd or the API server', () => {
    const ports = rules(withAgent, 'agents').map(({ port }) => port);
    expect(ports).toEqual(['443', '22', undefined, '10250', '9101', '9102', '8472']);
  });

  test('before the servers lets an agent to the API server, and not to etcd', () => {
    expect(sources(withAgent, 'nodes', '2379-2380')).toEqual([servers]);
    expect(sources(withAgent, 'nodes', '6443').at(-1)).toEqual([...servers, agent]);
    expect(sources(withAgent, 'nodes', '10250')).toEqual([[...servers, agent]]);
  });

  test('is of its own for agents, and the servers keep theirs', () => {
    const of = (node: string) => resource(withAgent, 'hcloud_server', node)['firewall_ids'];
    expect([of('hetzner1'), of('hetzner4')]).toEqual([
      ['${hcloud_firewall.nodes.id}'],
      ['${hcloud_firewall.agents.id}'],
    ]);
  });

  test('lets nodes to the list of images that an agent has on 6443', () => {
    expect(sources(withRegistry, 'agents', '6443')).toEqual([[...servers, agent]]);
  });

  test('is as before without agents', () => {
    expect(() => resource(production, 'hcloud_firewall', 'agents')).toThrow();
  });
});

describe('the scripts', () => {
  test('of an agent run k3s agent, and know nothing of etcd', () => {
    const text = script(withAgent, 'hetzner4');
    expect(text).toContain('ExecStart=/usr/local/bin/k3s agent\n');
    expect(text).toContain('server: https://178.104.247.152:6443\n');
    expect(text).not.toMatch(/etcd-s3-config-secret|restore_etcd\(\)|2379:2380/);
  });

  test('of a server let an agent in, but for etcd', () => {
    const text = script(withAgent, 'hetzner1');
    expect(text).toContain("'allow from 192.0.2.4 to any port 6443,9101,9102,10250 proto tcp'");
    expect(text).toContain(
      "'allow from 178.105.32.198 to any port 2379:2380,6443,9101,9102,10250 proto tcp'",
    );
  });

  test('of a server never have an agent as the server to join, nor as one to stop before a restore', () => {
    const first = script(withAgent, 'hetzner1');
    expect(first).toContain('server: https://178.105.32.198:6443\n');
    expect(first).toContain("k3s_servers='hetzner2=178.105.32.198 hetzner3=178.104.249.189'");
  });

  test.each([
    ['three servers', production, 84],
    ['three servers and an agent', withAgent, 84],
  ])('count the snapshots of %s', (_, of, count) => {
    expect(script(of, 'hetzner1')).toContain(`bucket k3s-etcd-snapshot-s3-config ${count}\n`);
  });
});

test('it has room for pods, and no vote', () => {
  const { nodes } = drillFacts(withAgent.model);
  expect(nodes.map(({ name, isServer }) => [name, isServer])).toEqual([
    ['hetzner1', true],
    ['hetzner2', true],
    ['hetzner3', true],
    ['hetzner4', false],
  ]);
  expect(nodes[3]?.capacity).toEqual(nodes[0]?.capacity);
});

describe('the two sides', () => {
  const sides = (change: (rule: TerraformBlock) => TerraformBlock[]): Sides => {
    const [configuration] = withAgent.terraform.map((document) => document.configuration);
    if (configuration === undefined) throw new Error('there is no Terraform side');
    const { resource: all } = configuration;
    const firewalls = Object.entries(all['hcloud_firewall'] ?? {}).map(([name, body]) => [
      name,
      { ...body, rule: (body['rule'] as TerraformBlock[]).flatMap(change) },
    ]);
    return {
      objects: withAgent.documents.map(({ object }) => object),
      terraform: [
        { ...configuration, resource: { ...all, hcloud_firewall: Object.fromEntries(firewalls) as never } },
      ],
      setups: nodeSetups(withAgent.model),
      nodes: Object.entries(withAgent.model.nodes).map(([name, { address }]) => ({
        ...{ name, address, labels: {} },
      })),
      initialised: true,
    };
  };

  test('agree', () => {
    expect(
      said(
        firewallPorts,
        sides((rule) => [rule]),
      ),
    ).toEqual([]);
  });

  test('must not open etcd to an agent', () => {
    const open = (rule: TerraformBlock) =>
      rule['port'] === '2379-2380' ? [{ ...rule, source_ips: [...servers, agent] }] : [rule];
    expect(said(firewallPorts, sides(open))).toEqual([
      `hcloud_firewall.nodes 2379-2380/tcp: is open to ${agent}; it must be open only to the servers`,
    ]);
  });

  test('must let the servers to the kubelet of an agent', () => {
    const closed = (rule: TerraformBlock) => (rule['port'] === '10250' ? [] : [rule]);
    expect(said(firewallPorts, sides(closed))).toContain(
      'hcloud_firewall.agents 10250/tcp: has no rule for the kubelet from hetzner1, hetzner2, hetzner3, hetzner4: these nodes lose contact with the other nodes, and etcd loses its quorum; add it',
    );
  });
});

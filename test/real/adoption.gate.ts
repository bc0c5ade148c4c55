import { isGoInstalled } from '../../imports/terraform/provider-module';
import type { Synthesis } from '../../lib/cli/synthesize';
import type { Edit } from '../support/configuration';
import { productionWith } from '../support/production';
import { type HetznerApi, startHetznerApi } from './hetzner/api';
import { existing, Project } from './hetzner/project';
import { isTerraformInstalled, Workspace } from './workspace';

// Skipped tests are counted in the summary of the run.
const withProvider = isTerraformInstalled && isGoInstalled() ? describe : describe.skip;

const nodes = [
  { name: 'hetzner1', hostname: 'ubuntu-8gb-nbg1-2', address: '178.104.247.152' },
  { name: 'hetzner2', hostname: 'ubuntu-8gb-nbg1-1', address: '178.105.32.198' },
  { name: 'hetzner3', hostname: 'ubuntu-8gb-nbg1-3', address: '178.104.249.189' },
];
const firewallId = 7;
const networkId = 8;
const serverId = (index: number) => 100 + index;
const addressId = (index: number) => 200 + index;

/** The project as the dashboard made it: backups and labels by hand, addresses named by Hetzner, IPv6 beside IPv4. */
function runningCluster(): Project {
  const project = new Project();
  for (const [index, { hostname, address }] of nodes.entries()) {
    const shared = {
      location: 'nbg1',
      protection: { delete: false },
      dnsPtr: null,
      autoDelete: true,
    } as const;
    const id = serverId(index);
    project.servers.set(id, {
      ...{ id, name: hostname, labels: { stage: 'production' }, status: 'running', serverType: 'cx33' },
      ...{ location: 'nbg1', image: 1, primaryDiskSize: 80, backupWindow: '22-02', placementGroup: null },
      ...{ protection: { delete: false, rebuild: false }, networks: [] },
    });
    project.primaryIps.set(addressId(index), {
      ...{ ...shared, id: addressId(index), name: `primary_ip-${index}`, labels: { by: 'hand' } },
      ...{ ip: address, type: 'ipv4', assignee: id },
    });
    project.primaryIps.set(300 + index, {
      ...{ ...shared, id: 300 + index, name: `primary_ip6-${index}`, labels: {} },
      ...{ ip: `2001:db8:${index}::/64`, type: 'ipv6', assignee: id },
    });
  }
  const rules = [
    { direction: 'in', protocol: 'tcp', port: '22', source_ips: ['0.0.0.0/0'], destination_ips: [] },
  ];
  project.firewalls.set(firewallId, {
    id: firewallId,
    name: 'firewall-1',
    labels: { a: 'b' },
    rules,
    servers: [],
  });
  return project;
}

const ids = Object.fromEntries([
  ...nodes.map(({ name }, index) => [`adopt_servers_${name}`, String(serverId(index))]),
  ...nodes.map(({ name }, index) => [`adopt_primary_ips_${name}`, String(addressId(index))]),
  ['adopt_firewall', String(firewallId)],
  ['adopt_private_network', String(networkId)],
  ['hcloud_token', 'a'.repeat(64)],
  ['access_networks', JSON.stringify(['84.20.10.7/32'])],
]) as Record<string, string>;

/** What a plan does, as Terraform counts it. */
const counted = /(\d+) to import, (\d+) to add, (\d+) to change, (\d+) to destroy/;

withProvider('a cluster that runs, adopted by the real provider', () => {
  let project: Project;
  let api: HetznerApi;
  let workspace: Workspace;

  beforeEach(async () => {
    project = runningCluster();
    api = await startHetznerApi(project);
    workspace = new Workspace(api.endpoint, ids);
  }, 900_000);

  afterEach(async () => {
    workspace.remove();
    await api.close();
    expect(api.unknown).toEqual([]);
  });

  async function initialised(synthesis: Synthesis): Promise<void> {
    workspace.write(synthesis);
    const { status, text } = await workspace.run('init');
    if (status !== 0) throw new Error(text);
  }

  async function adopt(synthesis: Synthesis): Promise<void> {
    await initialised(synthesis);
    const { status, text } = await workspace.run('apply', '-auto-approve', '-input=false');
    expect([status, text]).toEqual([0, expect.stringContaining('7 imported')]);
  }

  test('has nothing to destroy, keeps backups and labels, and a second plan is empty', async () => {
    await initialised(productionWith());
    const plan = await workspace.run('plan', '-input=false');
    // The placement group is new; servers, their addresses and the firewall change where they are.
    expect(counted.exec(plan.text)?.[0]).toBe('7 to import, 1 to add, 7 to change, 0 to destroy');
    const { status, text } = await workspace.run('apply', '-auto-approve', '-input=false');
    expect([status, text]).toEqual([0, expect.stringContaining('0 destroyed')]);
    for (const server of project.servers.values())
      expect(server).toMatchObject({
        backupWindow: '22-02',
        labels: { stage: 'production' },
        status: 'running',
      });
    expect(existing(project.primaryIps, addressId(0)).labels).toEqual({ by: 'hand' });
    expect(existing(project.firewalls, firewallId).labels).toEqual({ a: 'b' });
    expect(api.writes.filter((line) => /poweroff|backup|placement|public/.test(line))).toEqual([
      'POST /placement_groups',
    ]);
    const second = await workspace.run('plan', '-detailed-exitcode', '-input=false');
    expect([second.status, second.text]).toEqual([0, expect.stringContaining('No changes')]);
  }, 120_000);

  test('keeps the backups and gets the labels that are stated', async () => {
    const backups: Edit[] = nodes.map(({ hostname }) => [
      `    hostname: ${hostname}\n`,
      `    hostname: ${hostname}\n    backups: true\n`,
    ]);
    const stated = productionWith(...backups, [
      '  privateNetwork: none',
      '  labels: { stage: production }\n  privateNetwork: none',
    ]);
    await adopt(stated);
    for (const server of project.servers.values())
      expect(server).toMatchObject({ backupWindow: '22-02', labels: { stage: 'production' } });
    expect(existing(project.primaryIps, addressId(1)).labels).toEqual({ stage: 'production' });
    const second = await workspace.run('plan', '-detailed-exitcode', '-input=false');
    expect([second.status, second.text]).toEqual([0, expect.stringContaining('No changes')]);
  }, 120_000);

  test('is not cut off from itself: private addresses that no server has stop the plan', async () => {
    project.networks.set(networkId, {
      ...{
        id: networkId,
        name: 'network-1',
        labels: {},
        ipRange: '10.0.0.0/16',
        protection: { delete: false },
      },
      subnets: [{ type: 'cloud', ip_range: '10.0.1.0/24', network_zone: 'eu-central', gateway: '10.0.0.1' }],
    });
    const addressed: Edit[] = nodes.map(({ hostname }, index) => [
      `    hostname: ${hostname}\n`,
      `    hostname: ${hostname}\n    privateAddress: 10.0.1.${index + 2}\n`,
    ]);
    const talkingPrivately = productionWith(
      ...addressed,
      ['nodeAddresses: public', 'nodeAddresses: private'],
      ['  privateNetwork: none', '  privateNetwork: { range: 10.0.0.0/16, subnet: 10.0.1.0/24 }'],
      ['adopt:\n', `adopt:\n  privateNetwork: "${networkId}"\n`],
    );
    await initialised(talkingPrivately);
    const outside = await workspace.run('plan', '-input=false');
    expect([outside.status, outside.text]).toEqual([
      1,
      expect.stringContaining("hetzner1's server has no address 10.0.1.2 in a private network"),
    ]);
    for (const [index, server] of [...project.servers.values()].entries())
      server.networks.push({ network: networkId, ip: `10.0.1.${index + 2}`, aliasIps: [] });
    const inside = await workspace.run('plan', '-input=false');
    expect([inside.status, counted.exec(inside.text)?.[4]]).toEqual([0, '0']);
  }, 120_000);
});

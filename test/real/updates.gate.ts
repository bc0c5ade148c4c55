import { isGoInstalled } from '../../imports/terraform/provider-module';
import type { TerraformBlock } from '../../lib/documents/terraform';
import { type HetznerApi, startHetznerApi } from './hetzner/api';
import { Project } from './hetzner/project';
import { impactOfServer } from './impact';
import { newClusterWith, secrets } from './new-cluster';
import { isTerraformInstalled, Workspace } from './workspace';

// Skipped tests are counted in the summary of the run.
const withProvider = isTerraformInstalled && isGoInstalled() ? describe : describe.skip;

const without =
  (...names: string[]) =>
  (body: TerraformBlock): TerraformBlock =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
const network = (more: TerraformBlock) => (body: TerraformBlock) => ({
  ...body,
  network: [{ ...(body['network'] as unknown as TerraformBlock[])[0], ...more }],
});

withProvider('what the provider does to a running server', () => {
  const project = new Project();
  let api: HetznerApi;
  let workspace: Workspace;
  const cluster = newClusterWith([
    '    hostname: shop2\n    type: cx23\n',
    '    hostname: shop2\n    type: cx33\n',
  ]);

  beforeAll(async () => {
    api = await startHetznerApi(project);
    workspace = new Workspace(api.endpoint, secrets);
    workspace.write(cluster);
    const { status, text } = await workspace.run('init');
    if (status !== 0) throw new Error(text);
  }, 900_000);

  beforeEach(async () => {
    for (const server of project.servers.values()) server.status = 'running';
    workspace.write(cluster);
    const { status, text } = await workspace.run('apply', '-auto-approve', '-input=false');
    if (status !== 0) throw new Error(text);
  }, 120_000);

  afterAll(async () => {
    workspace.remove();
    await api.close();
    expect(api.unknown).toEqual([]);
  });

  test.each<[string, (body: TerraformBlock) => TerraformBlock, number, string[], string[]]>([
    ['firewall_ids left out', without('firewall_ids'), 0, [], []],
    ['network left out', without('network'), 0, ['detach_from_network'], ['cut off']],
    [
      'public_net left out',
      without('public_net'),
      0,
      ['poweroff', 'unassign', 'POST', 'poweron'],
      ['restarts'],
    ],
    ['another name', (body) => ({ ...body, name: 'other' }), 0, ['PUT'], []],
    ['labels', (body) => ({ ...body, labels: { a: 'b' } }), 0, ['PUT'], []],
    ['alias_ips', network({ alias_ips: ['10.0.1.99'] }), 0, ['change_alias_ips'], []],
    ['a private ip', network({ ip: '10.0.1.77' }), 0, ['detach_from_network', 'attach_to_network'], []],
    ['no placement group', without('placement_group_id'), 1, [], ['fails']],
    ['backups', (body) => ({ ...body, backups: true }), 0, ['enable_backup'], []],
    [
      'a smaller type',
      (body) => ({ ...body, server_type: 'cx23' }),
      1,
      ['poweroff', 'change_type'],
      ['fails'],
    ],
    [
      'another architecture',
      (body) => ({ ...body, server_type: 'cax21' }),
      1,
      ['poweroff', 'change_type'],
      ['fails'],
    ],
    [
      'a larger type',
      (body) => ({ ...body, server_type: 'cx43' }),
      0,
      ['poweroff', 'change_type'],
      ['restarts'],
    ],
  ])(
    '%s',
    async (_, change, status, actions, classes) => {
      workspace.write(cluster, 'shop2', change);
      const from = api.writes.length;
      const run = await workspace.run('apply', '-auto-approve', '-input=false');
      const did = api.writes
        .slice(from)
        .map((line) => /actions\/(\w+)/.exec(line)?.[1] ?? line.split(' ')[0]);
      expect([run.status, did]).toEqual([status, actions]);
      expect(impactOfServer(cluster, 'shop2', change)).toEqual(classes);
    },
    120_000,
  );
});

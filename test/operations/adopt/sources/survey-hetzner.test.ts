import { hetznerSource } from '../../../../lib/operations/adopt/hetzner/source';
import { existing, type Project } from '../../../real/hetzner/project';
import { production } from '../../../support/production';
import { answering } from '../../../support/stand-ins/bad-days';
import { configurationOf } from '../../../support/terraform';
import { ask, deployment } from './asking';
import { hetznerToken, runningProject, withHetzner } from './hetzner-case';

const stack = configurationOf(production);
const environment = { HCLOUD_TOKEN: hetznerToken };
const created = { name: 'created', time: '2026-01-02T03:04:05+00:00' };

/** The survey of production's project after a change of it. */
async function surveyOf(change: (project: Project) => void, changed: Partial<typeof deployment> = {}) {
  const project = runningProject();
  change(project);
  let survey: Awaited<ReturnType<typeof ask>>['survey'] | undefined;
  await withHetzner(project, async (options) => {
    const asked = await ask(hetznerSource(options), environment, {
      deployment: { ...deployment, ...changed },
      stack,
    });
    survey = asked.survey;
  });
  if (survey === undefined) throw new Error('nothing was asked');
  return survey;
}

test('a project as it is described has nothing undescribed', async () => {
  const { undescribed, unread } = await surveyOf(() => undefined);
  expect([undescribed, unread]).toEqual([[], []]);
});

test('what the next apply switches on is a difference', async () => {
  const { differences } = await surveyOf(() => undefined);
  expect(differences.filter(({ name }) => name.endsWith('-2'))).toEqual([
    { name: 'server ubuntu-8gb-nbg1-2', field: 'delete_protection', values: 'false -> true' },
    { name: 'server ubuntu-8gb-nbg1-2', field: 'rebuild_protection', values: 'false -> true' },
  ]);
});

test('the name of a server that the next apply changes is a difference', async () => {
  const { differences } = await surveyOf((project) => {
    existing(project.servers, 101).name = 'old';
  });
  expect(differences).toContainEqual({
    ...{ name: 'server old', field: 'name', values: 'old -> ubuntu-8gb-nbg1-2' },
  });
});

test('a server that no node describes has an entry and a command', async () => {
  const { undescribed } = await surveyOf((project) => {
    const server = { ...existing(project.servers, 101), id: 300, name: 'runner', networks: [] };
    project.servers.set(300, server);
    const primaryIp = { ...existing(project.primaryIps, 201), id: 400, ip: '84.20.10.9', assignee: 300 };
    project.primaryIps.set(400, primaryIp);
  });
  expect(undescribed).toEqual([
    {
      name: 'server runner (cx33, 84.20.10.9)',
      writtenBy: created,
      entry:
        'nodes.runner: { address: 84.20.10.9, hostname: runner, type: cx33, location: nbg1, image: ubuntu-24.04 } and adopt.servers.runner: "300"',
      command: 'hcloud server delete runner',
    },
  ]);
});

test('backups and labels that are not stated have entries and commands', async () => {
  const { undescribed } = await surveyOf((project) => {
    for (const id of [101, 102]) existing(project.servers, id).backupWindow = '22-02';
    for (const id of [101, 103])
      existing(project.servers, id).labels = { stage: 'production', 'csi.hetzner.cloud/location': 'nbg1' };
  });
  expect(undescribed).toEqual([
    {
      name: 'backups of the servers ubuntu-8gb-nbg1-2, ubuntu-8gb-nbg1-1',
      entry: 'nodes.hetzner1.backups: true, nodes.hetzner2.backups: true',
      command:
        'hcloud server disable-backup ubuntu-8gb-nbg1-2 && hcloud server disable-backup ubuntu-8gb-nbg1-1 (it also deletes the backups)',
    },
    {
      name: 'label stage=production of the servers ubuntu-8gb-nbg1-2, ubuntu-8gb-nbg1-3',
      entry: 'hetzner.labels: { stage: "production" }, which all resources get',
      command:
        'hcloud server remove-label ubuntu-8gb-nbg1-2 stage && hcloud server remove-label ubuntu-8gb-nbg1-3 stage',
    },
  ]);
});

test('labels and backups that are stated otherwise are differences', async () => {
  const { hetzner, nodes } = deployment;
  const { hetzner1 } = nodes;
  if (hetzner === undefined || hetzner1 === undefined) throw new Error('production has no servers');
  const { differences } = await surveyOf(
    (project) => {
      Object.assign(existing(project.servers, 101), { backupWindow: '22-02', labels: { by: 'hand' } });
    },
    {
      hetzner: { ...hetzner, labels: { stage: 'production' } },
      nodes: { ...nodes, hetzner1: { ...hetzner1, backups: false } },
    },
  );
  expect(differences.filter(({ name }) => name.endsWith('-2'))).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ field: 'backups', values: 'true -> false' }),
      expect.objectContaining({ field: 'labels.by', values: 'is removed (it was hand)' }),
      expect.objectContaining({ field: 'labels.stage', values: 'is added: production' }),
    ]),
  );
});

test('a type and a location that no apply changes have the entry that is true', async () => {
  const { undescribed } = await surveyOf((project) => {
    const server = existing(project.servers, 102);
    project.servers.set(102, { ...server, serverType: 'cx43', location: 'fsn1' });
  });
  expect(undescribed).toEqual([
    {
      name: 'type cx43 of server ubuntu-8gb-nbg1-1 is cx33 in nodes.hetzner2',
      writtenBy: created,
      entry: 'nodes.hetzner2.type: cx43',
    },
    {
      name: 'location fsn1 of server ubuntu-8gb-nbg1-1 is nbg1 in nodes.hetzner2',
      writtenBy: created,
      entry: 'nodes.hetzner2.location: fsn1',
    },
  ]);
});

describe('a rule of the adopted firewall', () => {
  const rule = (port: string, ...sources: string[]) => ({
    ...{ direction: 'in', protocol: 'tcp', port, source_ips: sources, destination_ips: [] },
    description: "the operator's",
  });

  test('that the stack has as well is described', async () => {
    const { undescribed } = await surveyOf((project) => {
      existing(project.firewalls, 7).rules = [
        rule('443', '173.245.48.0/20'),
        rule('2379-2380', '178.104.247.152/32'),
      ];
    });
    expect(undescribed).toEqual([]);
  });

  test('for the operator has an entry', async () => {
    const { undescribed } = await surveyOf((project) => {
      existing(project.firewalls, 7).rules = [rule('22', '84.20.10.7/32')];
    });
    expect(undescribed).toEqual([
      {
        name: 'rule in tcp 22 from 84.20.10.7/32 of firewall firewall-1, which the next apply removes',
        writtenBy: created,
        entry: 'access.networks: [84.20.10.7/32]',
        command:
          "hcloud firewall delete-rule firewall-1 --direction in --protocol tcp --port 22 --source-ips 84.20.10.7/32 --description 'the operator'\\''s'",
      },
    ]);
  });

  test.each([
    ['for everybody', rule('22', '0.0.0.0/0', '::/0'), 'rule in tcp 22 from 0.0.0.0/0, ::/0'],
    ['for another port', rule('5432', '84.20.10.7/32'), 'rule in tcp 5432 from 84.20.10.7/32'],
    [
      'for more than Cloudflare',
      rule('443', '173.245.48.0/20', '84.20.10.7/32'),
      'rule in tcp 443 from 84.20.10.7/32',
    ],
    [
      'for outgoing traffic',
      { direction: 'out', protocol: 'tcp', port: '25', source_ips: [], destination_ips: ['0.0.0.0/0'] },
      'rule out tcp 25 of',
    ],
  ])('%s has no entry', async (_, each, name) => {
    const { undescribed } = await surveyOf((project) => {
      existing(project.firewalls, 7).rules = [each];
    });
    expect(undescribed).toEqual([
      expect.objectContaining({ name: expect.stringContaining(name), entry: undefined }),
    ]);
  });
});

test('other firewalls have commands: of the servers, and of none', async () => {
  const { undescribed } = await surveyOf(
    (project) => {
      project.firewalls.set(8, { id: 8, name: 'ssh from home', labels: {}, rules: [], servers: [102] });
      project.firewalls.set(9, { id: 9, name: 'unused', labels: {}, rules: [], servers: [] });
    },
    { adopt: { ...deployment.adopt, firewall: '7' } },
  );
  expect(undescribed.map(({ name, command }) => [name, command])).toEqual([
    [
      'firewall ssh from home of ubuntu-8gb-nbg1-1',
      'hcloud firewall remove-from-resource 8 --type server --server ubuntu-8gb-nbg1-1',
    ],
    ['firewall unused', 'hcloud firewall delete unused'],
  ]);
});

test('a placement group and a network of the servers have entries', async () => {
  const { undescribed } = await surveyOf((project) => {
    project.placementGroups.set(5, { id: 5, name: 'spread', labels: {}, type: 'spread' });
    project.networks.set(6, {
      ...{ id: 6, name: 'inner', labels: {}, ipRange: '10.0.0.0/16', subnets: [] },
      protection: { delete: false },
    });
    Object.assign(existing(project.servers, 101), {
      placementGroup: 5,
      networks: [{ network: 6, ip: '10.0.1.2', aliasIps: [] }],
    });
  });
  expect(undescribed.map(({ entry }) => entry)).toEqual([
    'adopt.placementGroup: "5"',
    'adopt.privateNetwork: "6", and hetzner.privateNetwork: { range: 10.0.0.0/16, subnet: <its subnet> }',
  ]);
});

test('what no entry describes has a command', async () => {
  const { undescribed } = await surveyOf((project) => {
    const unused = {
      ...existing(project.primaryIps, 201),
      id: 500,
      name: 'spare',
      ip: '84.20.10.8',
      assignee: null,
    };
    project.primaryIps.set(500, unused);
    const one = (id: number, name: string) => new Map([[id, { id, name, labels: {} }]]);
    project.others
      .set('volumes', one(1, 'data'))
      .set('load_balancers', one(2, 'lb'))
      .set('floating_ips', one(3, '-x'));
  });
  expect(undescribed.map(({ name, command }) => [name, command])).toEqual([
    ['primary IP 84.20.10.8 without a server', 'hcloud primary-ip delete spare'],
    ['volume data', 'hcloud volume delete data'],
    ['load balancer lb', 'hcloud load-balancer delete lb'],
    ['floating IP -x', 'hcloud floating-ip delete 3'],
  ]);
});

test('a part that may not be read is listed, and the rest is reported', () =>
  withHetzner(
    runningProject(),
    async (options) => {
      const { survey, answers } = await ask(hetznerSource(options), environment, { stack });
      expect(survey.unread).toEqual([
        expect.stringContaining(
          'does not let the token in HCLOUD_TOKEN read the volumes of the project (403)',
        ),
      ]);
      expect(survey.differences.length).toBeGreaterThan(0);
      expect(answers).toHaveProperty(['adopt.firewall', 'kind'], 'found');
    },
    (request, response) => (request.url?.includes('volumes') ? answering(403)(request, response) : undefined),
  ));

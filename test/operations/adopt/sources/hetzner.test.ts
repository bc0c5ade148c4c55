import { hetznerSource } from '../../../../lib/operations/adopt/hetzner/source';
import { existing, Project } from '../../../real/hetzner/project';
import { answering } from '../../../support/stand-ins/bad-days';
import { ask, deployment, left, stated } from './asking';
import { hetznerToken, runningProject, withHetzner } from './hetzner-case';

const environment = { HCLOUD_TOKEN: hetznerToken };

test('the ids of servers, their addresses and their firewall are found', () =>
  withHetzner(runningProject(), async (options) => {
    const { answers, notAsked } = await ask(hetznerSource(options), environment);
    expect(notAsked).toBeUndefined();
    expect(answers).toEqual({
      ...stated('adopt.servers.hetzner1', '101'),
      ...stated('adopt.servers.hetzner2', '102'),
      ...stated('adopt.servers.hetzner3', '103'),
      ...stated('adopt.primaryIps.hetzner1', '201'),
      ...stated('adopt.primaryIps.hetzner2', '202'),
      ...stated('adopt.primaryIps.hetzner3', '203'),
      ...stated('adopt.firewall', '7'),
    });
  }));

test('a server belongs to the node with its address, whatever its name', () => {
  const project = runningProject();
  existing(project.servers, 101).name = 'ubuntu-8gb-nbg1-1';
  existing(project.servers, 102).name = 'ubuntu-8gb-nbg1-2';
  return withHetzner(project, async (options) => {
    const { answers } = await ask(hetznerSource(options), environment);
    expect(answers).toMatchObject(stated('adopt.servers.hetzner1', '101'));
  });
});

test('a placement group and a network are found where the configuration asks for them', () => {
  const project = runningProject();
  project.placementGroups.set(5, { id: 5, name: 'spread', labels: {}, type: 'spread' });
  project.networks.set(6, {
    ...{ id: 6, name: 'inner', labels: {}, ipRange: '10.0.0.0/16', subnets: [] },
    protection: { delete: false },
  });
  const server = existing(project.servers, 101);
  server.placementGroup = 5;
  server.networks.push({ network: 6, ip: '10.0.1.2', aliasIps: [] });
  const open = { unresolved: 'hcloud' };
  const asking = { ...deployment, adopt: { placementGroup: open, privateNetwork: open } };
  return withHetzner(project, async (options) => {
    const { answers } = await ask(hetznerSource(options), environment, { deployment: asking });
    expect(answers).toEqual({
      ...stated('adopt.placementGroup', '5'),
      ...stated('adopt.privateNetwork', '6'),
    });
  });
});

test('several firewalls of the servers are an ambiguity, with both', () => {
  const project = runningProject();
  project.firewalls.set(8, { id: 8, name: 'ssh', labels: {}, rules: [], servers: [102] });
  return withHetzner(project, async (options) => {
    const { answers } = await ask(hetznerSource(options), environment);
    expect(answers).toMatchObject(
      left('adopt.firewall', 'ambiguous', 'there are several answers', [
        '7 (firewall firewall-1, of hetzner1, hetzner2, hetzner3)',
        '8 (firewall ssh, of hetzner2)',
      ]),
    );
  });
});

test('a firewall that is applied to no server is not taken', () => {
  const project = runningProject();
  existing(project.firewalls, 7).servers = [];
  return withHetzner(project, async (options) => {
    const { answers } = await ask(hetznerSource(options), environment);
    expect(answers).toMatchObject(
      left(
        'adopt.firewall',
        'missing',
        "no firewall is used by the nodes' servers; remove the entry, and Terraform creates one",
      ),
    );
  });
});

test('the project of another token is recognised', () =>
  withHetzner(new Project(), async (options) => {
    const { answers } = await ask(hetznerSource(options), environment);
    const other = 'use a token of the project that has';
    expect(answers).toMatchObject({
      ...left(
        'adopt.servers.hetzner1',
        'missing',
        'has 0 servers, and none with the address 178.104.247.152',
      ),
      ...left('adopt.primaryIps.hetzner1', 'missing', `no primary IP 178.104.247.152; ${other} the node`),
      ...left('adopt.firewall', 'missing', `none of the nodes' servers; ${other} them`),
    });
  }));

test('a server with the name of a node and another address is named', () => {
  const project = runningProject();
  project.primaryIps.set(201, { ...existing(project.primaryIps, 201), ip: '84.20.10.9' });
  return withHetzner(project, async (options) => {
    const { answers } = await ask(hetznerSource(options), environment);
    expect(answers).toMatchObject(
      left(
        'adopt.servers.hetzner1',
        'missing',
        'the server ubuntu-8gb-nbg1-2 (101) has the address 84.20.10.9, and nodes.hetzner1.address is 178.104.247.152; correct the address',
      ),
    );
  });
});

test.each([
  ['no token', {}, undefined, 'no-source', 'HCLOUD_TOKEN is not set; set it to an API token of the nodes'],
  ['an empty token', { HCLOUD_TOKEN: '' }, undefined, 'no-source', 'HCLOUD_TOKEN is not set'],
  ['a line break', { HCLOUD_TOKEN: 'a\nb' }, undefined, 'no-source', 'holds a space, a line break or'],
  [
    'another token',
    { HCLOUD_TOKEN: 'x' },
    undefined,
    'not-allowed',
    'refuses the token in HCLOUD_TOKEN (401)',
  ],
  ['403', environment, answering(403), 'not-allowed', 'does not let the token in HCLOUD_TOKEN read the'],
  ['429', environment, answering(429), 'no-source', 'reports too many requests (429)'],
  ['500', environment, answering(500), 'no-source', 'answers with an error (500)'],
])('%s is the reason of each value', (_, given, answer, failure, reason) =>
  withHetzner(
    runningProject(),
    async (options) => {
      const { answers } = await ask(hetznerSource(options), given);
      expect(Object.keys(answers)).toHaveLength(7);
      for (const path of Object.keys(answers)) expect(answers).toMatchObject(left(path, failure, reason));
    },
    answer,
  ),
);

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { rehearse } from '../../lib/cli/upgrade';
import { runbook } from '../../lib/report/runbook';
import { run as runCommand } from '../support/command';
import { edited, fixtures, root, withConfiguration } from '../support/configuration';

expect.extend({ toMatchFile });

const config = join(fixtures, 'production.yaml');
const run = (...args: string[]) => runCommand('upgrade', '--config', config, ...args);
const day = '2026-11-30';

describe('honeydue upgrade', () => {
  test.each([
    [
      'another minor version between',
      ['--to', 'v1.36.5+k3s1'],
      'v1.34.6+k3s1 -> v1.36.5+k3s1: an upgrade cannot skip a minor version of Kubernetes: 1.35 is between the two releases. Upgrade to v1.35.9+k3s1 first: npx honeydue upgrade --to v1.35.9+k3s1.\n',
    ],
    [
      'an older release',
      ['--from', 'v1.36.5+k3s1', '--to', 'v1.36.4+k3s1'],
      'v1.36.5+k3s1 -> v1.36.4+k3s1: a cluster that has data cannot go back to an older k3s. Keep v1.36.5+k3s1; to go back, restore an etcd snapshot that the older k3s made (docs/restore.md).\n',
    ],
    [
      'the release that is stated',
      ['--to', 'v1.34.6+k3s1'],
      'The configuration already has v1.34.6+k3s1: there is nothing to upgrade.\n',
    ],
  ])('refuses %s', (_, args, stderr) => {
    expect(run(...args)).toEqual({ status: 2, stdout: '', stderr });
  });

  test.each([
    ['what is no release', 'v1.36', 'It must be a release such as v1.36.4+k3s1.'],
    ['a minor version that is not known', 'v1.39.0+k3s1', 'does not know Kubernetes 1.39'],
  ])('refuses %s', (_, to, message) => {
    const { status, stderr } = run('--to', to);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test('says what is not known of a patch release, and rehearses it', () => {
    const { status, stdout } = run('--to', 'v1.34.99+k3s1');
    expect([status, stdout.replaceAll(/\n */g, ' ')]).toEqual([
      0,
      expect.stringContaining(
        'this version of the tool does not know k3s v1.34.99+k3s1, and assumes the component versions of v1.34.12+k3s1',
      ),
    ]);
  });

  test('says what breaks a rule on the new release, and prints no runbook', () => {
    const broken = edited([['k3s: v1.34.6+k3s1', 'k3s: v1.36.5+k3s1']]);
    // Nothing of production breaks a rule on any known release: the findings come from elsewhere.
    const unreadable = broken.replace('namespace: honeydue', 'namespace: default');
    const { status, stdout } = withConfiguration(unreadable, (path) =>
      runCommand('upgrade', '--config', path, '--to', 'v1.37.1+k3s1'),
    );
    expect([status, stdout]).toEqual([1, '']);
  });

  test('for programs, what it found', () => {
    const { status, stdout } = run('--to', 'v1.35.9+k3s1', '--format', 'json');
    const { version, from, to, nodes, unpinned } = JSON.parse(stdout) as Record<string, unknown>;
    expect([status, version, from, to, unpinned]).toEqual([0, 1, 'v1.34.6+k3s1', 'v1.35.9+k3s1', ['amd64']]);
    expect(nodes).toContainEqual({
      node: 'hetzner1',
      hostname: 'ubuntu-8gb-nbg1-2',
      version: 'v1.35.9+k3s1',
      isAgent: false,
    });
  });

  test('agents come after the servers', () => {
    const agent = edited([
      [
        '  hetzner2:\n',
        '  agent1:\n    address: 84.20.10.9\n    hostname: agent-1\n    type: cx33\n    location: nbg1\n    image: ubuntu-24.04\n    role: agent\n  hetzner2:\n',
      ],
    ]);
    const text = withConfiguration(agent, (path) =>
      runbook(rehearse({ config: path, to: 'v1.35.9+k3s1' }, day)),
    );
    expect(text.match(/^## .*/gm)).toEqual([
      '## What changes',
      '## 1. Before',
      '## 2. Set the release',
      '## 3. The servers, one at a time: hetzner1, hetzner2, hetzner3',
      '## 4. The agents, after every server: agent1',
      '## 5. After the last node',
      '## Rollback',
    ]);
  });

  test('on 1.37 the access log is what the chart renames', () => {
    const { consequences } = rehearse({ config, from: 'v1.36.5+k3s1', to: 'v1.37.1+k3s1' }, day);
    expect(consequences.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(
        /^Chart 41\.4\.0 renamed values that are in use: logs\.access -> accessLog, .*ignores values with an old name, without an error/,
      ),
    );
  });
});

describe('the runbooks in the docs', () => {
  const live = join('config', 'production.yaml');

  test.each([
    ['1.35', { to: 'v1.35.9+k3s1' }],
    ['1.36', { from: 'v1.35.9+k3s1', to: 'v1.36.5+k3s1' }],
  ])('docs/tasks/upgrade-k3s/%s.md is what the rehearsal prints', (minor, step) => {
    const text = runbook(rehearse({ config: live, ...step }, day));
    expect(text).toMatchFile(join(root, 'docs', 'tasks', 'upgrade-k3s', `${minor}.md`));
  });

  test.each(['1.35', '1.36'])('every command of %s is one that bash can read', (minor) => {
    const text = readFileSync(join(root, 'docs', 'tasks', 'upgrade-k3s', `${minor}.md`), 'utf8');
    const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');
    expect(blocks.length).toBeGreaterThan(6);
    for (const block of blocks) expect(bashReads(block)).toEqual('');
  });
});

function bashReads(script: string): string {
  return spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr;
}

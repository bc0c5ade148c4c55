import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LaneCommands } from './deploys/lane-commands';
import { StandIns } from './deploys/stand-ins';
import { within } from './nodes/within';

let lane: LaneCommands;

beforeAll(async () => {
  lane = await LaneCommands.start();
});

afterAll(() => lane?.stop());

describe('a first deployment', () => {
  const plan = () => join(lane.project.root, 'dist-plan.json');

  test('is planned: plan lists the steps, and finds every Secret', async () => {
    const { status, stdout, stderr } = await lane.run('plan', '--no-terraform', '--out', plan());
    expect(stderr).toBe('');
    expect(stdout).toContain('kubectl: the migration');
    expect(stdout).not.toContain('Refused');
    expect(status).toBe(0);
  });

  test('refuses without a confirmation', async () => {
    const { status, stderr } = await lane.run('deploy');
    expect([status, stderr]).toEqual([1, 'No terminal to confirm on: add --yes. Nothing was changed.\n']);
  });

  test('of the saved plan records the cluster and the revision', async () => {
    const { status, stdout, stderr } = await lane.run('deploy', '--yes', plan());
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Revision 1 of honeydue is deployed.');
    expect(existsSync(join(dirname(lane.project.config), 'production.cluster.lock.yaml'))).toBe(true);
  });

  test('leaves a second one nothing to do, and names the commands for servers and nodes', async () => {
    const { status, stdout } = await lane.run('deploy', '--yes');
    expect([status, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('nothing to apply')]);
    expect(stdout).toMatch(/ssh hetzner1 sudo bash -s -- --check < \S+dist\/nodes\/hetzner1\.sh\n/);
  });
});

describe('two processes', () => {
  beforeAll(() => {
    lane.mark('slow');
    lane.breakPods('slow', 'image');
  });

  test('do not deploy at once: the second names the holder, the age and the way to break the lock', async () => {
    const first = lane.start('--patience', '120');
    await lane.untilLockedBy(first.pid);
    const second = await lane.start().ended;
    expect(second).toMatchObject({
      status: 1,
      text: expect.stringMatching(
        new RegExp(
          `^Deployment honeydue has been locked by \\S+@\\S+ \\(process ${first.pid}\\) for \\d+ s\\. Wait until that process ends\\. If it no longer runs, the lock expires 30 s after the last renewal; --break-lock takes the lock now\\.\n$`,
        ),
      ),
    });
    const third = lane.start('--break-lock', '--patience', '120');
    await lane.untilLockedBy(third.pid);
    await lane.mendPods();
    expect(await first.ended).toMatchObject({
      status: 1,
      text: expect.stringContaining(
        'Another process took the lock of this deployment, so this process stops.',
      ),
    });
    expect(await third.ended).toMatchObject({
      status: 0,
      text: expect.stringContaining('Revision 2 was interrupted: this run finishes it.'),
    });
    expect(await lane.liveMark()).toBe('slow');
  });

  test('a killed one leaves no lock on the same machine, and the next one finishes its revision', async () => {
    lane.mark('killed');
    lane.breakPods('killed', 'image');
    const killed = lane.start('--patience', '120');
    await lane.untilLockedBy(killed.pid);
    killed.kill();
    await killed.ended;
    await lane.mendPods();
    const { status, stderr, stdout } = await lane.run('deploy', '--yes');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Revision 3 of honeydue is deployed.');
  });
});

describe('deploy --with terraform,nodes', () => {
  let standIns: StandIns;

  const synth = async () => {
    const { status, stderr } = await lane.run('synth', '--out', join(lane.project.root, 'dist'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  };

  beforeAll(async () => {
    standIns = new StandIns(lane.project.root);
    process.env['PATH'] = `${standIns.directory}:${process.env['PATH']}`;
    lane.mark('next');
    await synth();
  });

  afterAll(() => standIns.remove());

  test('refuses what it can not plan, before the first write', async () => {
    const { status, stderr } = await lane.run('deploy', '--yes', '--with', 'terraform,nodes');
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^These tools of --with can't be planned:\n {2}terraform: \S+ is not initialised\. Run terraform -chdir=\S+ init\n/,
      ),
    ]);
    expect(await lane.liveMark()).toBe('killed');
  });

  test('runs them in the order of the plan, and one node at a time', async () => {
    standIns.initialise();
    const { stdout } = await lane.run('plan', '--ssh');
    expect(stdout.match(/^\d\. \w+/gm)).toEqual([
      ...['1. terraform', '2. hetzner1', '3. hetzner3', '4. kubectl', '5. terraform'],
    ]);
    const { status, stderr } = await lane.run('deploy', '--yes', '--with', 'terraform,nodes');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(standIns.calls()).toEqual([
      'terraform apply -target=hcloud_network_subnet.nodes -auto-approve, while web is killed',
      'ssh hetzner1 sudo bash -s, while web is killed',
      'ssh hetzner3 sudo bash -s, while web is killed',
      'terraform apply -auto-approve, while web is next',
    ]);
  });

  test('stops at the first node that fails: no later node and no manifest changes', async () => {
    lane.mark('later');
    standIns.forget();
    standIns.fail('hetzner1');
    const { status, stderr } = await lane.run('deploy', '--yes', '--with', 'nodes');
    expect([status, stderr]).toEqual([
      2,
      'hetzner1: the script of this node ended with exit code 2:\nfailed: k3s is not ready\nThe nodes after hetzner1 and the manifests were not changed.\n',
    ]);
    expect(standIns.calls()).toEqual(['ssh hetzner1 sudo bash -s, while web is next']);
    expect(await lane.liveMark()).toBe('next');
  });
});

test('status fits on a screen', async () => {
  lane.mark('next');
  const { status, stdout } = await lane.run('status');
  expect(stdout).toMatch(/4 deployed \S+ by /);
  expect(stdout.split('\n').length).toBeLessThan(40);
  expect(status).toBe(0);
});

test('status of a lost node says what is guaranteed and what to do', async () => {
  const [node = ''] = lane.cluster.nodes.names;
  lane.cluster.nodes.lose(node);
  await within(20, () => false);
  const { status, stdout } = await lane.run('status');
  expect(stdout).toContain(`${node} is down. Guarantees that remain`);
  expect(stdout).toContain(`kubectl delete node ${node}`);
  expect(status).toBe(1);
});

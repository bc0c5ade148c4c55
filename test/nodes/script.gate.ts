import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { production } from '../support/production';
import { available } from '../support/programs';
import { Machine, type Run, scriptOf } from './machine';

const script = scriptOf();
const operator = { SSH_CONNECTION: '84.30.0.7 50000 84.20.10.1 22' };
const machines: Machine[] = [];

function machine(): Machine {
  const made = new Machine();
  machines.push(made);
  return made;
}

let ready: Machine;

afterAll(() => {
  for (const made of machines) made.close();
});

/** What a run says after `differs:`, `mending:` and the like. */
const said = ({ output }: Run, word: string) =>
  output.split('\n').flatMap((line) => (line.startsWith(`${word}: `) ? [line.slice(word.length + 2)] : []));

test('names the process that holds the lock of another run', async () => {
  const node = machine();
  node.write('/run/honeydue-node.lock', '');
  const lock = join(node.root, 'run', 'honeydue-node.lock');
  const holder = spawn('flock', [lock, 'sh', '-c', 'echo locked; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const { pid } = holder;
  if (pid === undefined) throw new Error('flock did not start');
  await once(holder.stdout, 'data');
  const { status, output } = node.run(script);
  process.kill(-pid);
  expect([status, output]).toEqual([
    2,
    expect.stringMatching(
      new RegExp(
        `another run of this script is in progress on this node\\. These processes hold its lock: ${pid} \\(flock\\), (\\d+) \\(sleep\\)\\. If their run has ended, end them with kill ${pid} \\1\\. Wait until`,
      ),
    ),
  ]);
});

describe('a new node', () => {
  let node: Machine;
  let check: Run;
  let untouched: boolean;
  let first: Run;

  beforeAll(() => {
    node = machine();
    ready = node;
    check = node.run(script, ['--check']);
    untouched = !node.has('/etc/sudoers.d') && !node.has('/usr/local');
    first = node.run(script, [], operator);
  });

  test('prints what differs with --check, and changes nothing', () => {
    expect([check.status, check.calls, untouched]).toEqual([1, [], true]);
    expect(said(check, 'differs')).toEqual(
      expect.arrayContaining([
        'the package fail2ban is not installed',
        'there is no user deploy',
        '/etc/ssh/sshd_config.d/10-honeydue.conf is not there',
        'k3s has no data on this node yet, and must start for the first time',
      ]),
    );
  });

  test('becomes what the table says', () => {
    expect(first.status).toBe(0);
    expect(first.output).toMatch(/mended\. first is as described\.\n$/);
  });

  test('has nothing left to do the second time, and says so', () => {
    const second = node.run(script);
    expect([second.status, second.calls]).toEqual([0, []]);
    expect(second.output).toBe('first is as described. Nothing was changed.\n');
  });

  test('has no difference by --check either', () => {
    expect(node.run(script, ['--check']).output).toBe('first is as described. Nothing was changed.\n');
  });

  test('is opened for SSH before its firewall is switched on', () => {
    const enabled = first.calls.indexOf('ufw --force enable');
    const opened = first.calls.findIndex((call) =>
      /ufw allow from 84\.30\.0\.0\/24 to any port 22,/.test(call),
    );
    expect(opened).toBeGreaterThan(-1);
    expect(enabled).toBeGreaterThan(opened);
  });

  test('joins the cluster, and keeps nothing of the first start', () => {
    expect(node.clusters()).toBe('joined\n');
    expect(node.has('/run/systemd/system/k3s.service.d/first-start.conf')).toBe(false);
  });

  test("has the registry's password in one file, for root alone", () => {
    expect(node.read('/etc/rancher/k3s/registries.yaml')).toContain("password: 'it''s secret'\n");
    expect(first.output).not.toContain('secret');
    expect(script).not.toContain("it's");
  });
});

describe('drift', () => {
  const drifts: readonly [string, (node: Machine) => void, string][] = [
    [
      'a missing package',
      (node) => node.remove('../state/packages/fail2ban'),
      'the package fail2ban is not installed',
    ],
    [
      'a changed file',
      (node) => node.append('/etc/sysctl.d/90-honeydue.conf', 'kernel.panic = 0\n'),
      '/etc/sysctl.d/90-honeydue.conf has different content',
    ],
    [
      'a missing file',
      (node) => node.remove('/etc/apt/apt.conf.d/20auto-upgrades'),
      '/etc/apt/apt.conf.d/20auto-upgrades is not there',
    ],
    [
      'another mode',
      (node) => node.write('/etc/sudoers.d/90-honeydue', 'deploy ALL=(ALL:ALL) NOPASSWD: ALL\n', 0o644),
      '/etc/sudoers.d/90-honeydue has mode and owner 0644 root:root, but must have 0440 root:root',
    ],
    [
      'a kernel parameter',
      (node) => node.state('sysctl/kernel.panic', '0\n'),
      'kernel.panic is 0, but must be 10',
    ],
    [
      'a unit that stopped',
      (node) => node.remove('../state/active/fail2ban.service'),
      'fail2ban.service does not run',
    ],
    [
      'a disabled unit',
      (node) => node.remove('../state/enabled/fail2ban.service'),
      'fail2ban.service does not start at boot',
    ],
    [
      "the Swarm's rules",
      (node) => node.state('ufw', `${node.stateOf('ufw')}allow 2377/tcp\nallow to any proto esp\n`),
      'ufw has a rule that is not in the configuration: allow 2377/tcp',
    ],
    [
      'a lost rule',
      (node) => node.state('ufw', node.stateOf('ufw').replace(/.*173\.245.*\n/, '')),
      'ufw lacks: allow from 173.245.48.0/20 to any port 443 proto tcp (Cloudflare)',
    ],
    ['a firewall that is off', (node) => node.remove('../state/ufw-on'), 'ufw is off'],
    [
      'flushed nftables',
      (node) => node.remove('../state/nft'),
      'the nftables table honeydue_metadata is not loaded',
    ],
    ['a lost label', (node) => node.state('labelled'), 'the node lacks the label shop/redis=true'],
  ];
  let node: Machine;
  let check: Run;
  let mended: Run;
  let after: Run;

  beforeAll(() => {
    node = new Machine(ready);
    machines.push(node);
    for (const [, drift] of drifts) drift(node);
    check = node.run(script, ['--check']);
    mended = node.run(script);
    after = node.run(script, ['--check']);
  });

  test.each(drifts)('such as %s is seen by --check and mended by a run', (_, __, message) => {
    expect(said(check, 'differs')).toContain(message);
    expect(said(mended, 'mending')).toContain(message);
  });

  test('is all that is mended, and leaves nothing', () => {
    expect(said(mended, 'mending')).toEqual(said(check, 'differs'));
    expect(after.status).toBe(0);
  });

  test('of a file is shown line by line', () => {
    expect(check.output).toContain('\n    -kernel.panic = 0\n');
  });

  test('costs k3s no restart', () => {
    expect(mended.calls.filter((call) => call.includes('k3s.service'))).toEqual([]);
  });
});

describe('the arguments', () => {
  test.each([
    [['--chek'], 'unknown option: --chek'],
    [['--restore-etcd'], '--restore-etcd needs a value.'],
    [['--rejoin-etcd', '--restore-etcd', '/a.zip'], '--restore-etcd and --rejoin-etcd exclude each other'],
    [['--lost-server', 'second'], '--lost-server has no effect without --restore-etcd.'],
    [['--root'], 'Usage:'],
    [['--change-flannel-backend'], 'has no effect without --restart-k3s'],
  ])('%j are refused', (args, message) => {
    const { status, output } = machine().run(script, args);
    expect([status, output]).toEqual([2, expect.stringContaining(message)]);
  });

  test('--help says what the exit codes are', () => {
    expect(machine().run(script, ['--help']).output).toContain('Exit codes: 0 the node is as described');
  });
});

describe('the text of a script', () => {
  const text = production.files.find(({ path }) => path.endsWith('.sh'))?.text ?? '';

  (available('shellcheck') ? test : test.skip)('is accepted by shellcheck, without an exception', () => {
    expect(spawnSync('shellcheck', ['-'], { input: text, encoding: 'utf8' }).stdout).toBe('');
    expect(text).toMatch(/^#!.*sh\n/);
    expect(text).not.toContain('shellcheck disable');
  });
});

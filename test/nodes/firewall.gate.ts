import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { available } from '../support/programs';
import { accessScriptOf, Machine, peer } from './machine';

/** ufw itself, with a network and a configuration of its own: nothing of the machine changes. */
const alone = ['--net', '--mount', 'sh', '-c'];
const mayIsolate = spawnSync('unshare', [...alone, 'iptables -S']).status === 0;
const isThere = mayIsolate && available('ufw');
const withUfw = isThere || process.env['CI'] !== undefined ? describe : describe.skip;

/** What runs today, the Swarm's rules among it; then the script, twice. */
const driver = `set -e
mkdir -p "$2/etc-ufw"
cp -a /etc/ufw/. "$2/etc-ufw"
cp -a /etc/default/. "$1/etc/default"
mount --bind "$2/etc-ufw" /etc/ufw
mount --bind "$1/etc/default" /etc/default
{
  ufw --force reset
  ufw allow 22/tcp
  ufw allow 2377/tcp
  ufw allow 4789/udp comment 'the Swarm'
  ufw allow to any proto esp
  ufw limit 3000/tcp
  ufw allow in on eth0 to any port 80 proto tcp
  ufw route allow from 10.0.0.0/8 to 10.1.0.0/16
} >"$2/before"
for run in 1 2; do
  echo "--- run"
  PATH="$2/bin:$PATH" bash "$2/script" --root "$1" 2>&1 || true
  echo "--- rules"
  ufw show added
done
echo "--- status"
ufw status verbose`;

withUfw('the real ufw', () => {
  const machine = new Machine();
  let runs: string[][];
  let status: string;

  beforeAll(() => {
    for (const name of ['ufw', 'iptables', 'ip6tables']) machine.remove(`../bin/${name}`);
    machine.bucketKeeps('84');
    const networks = ['84.30.0.0/24', '84.20.10.7/32', '2a01:4f8::/32', '2a01:4f8:1::7/128'];
    const script = accessScriptOf({
      access: { sshPorts: [22_222, 22], networks },
      cluster: { embeddedRegistry: true, peers: [peer('second', '84.20.10.2'), peer('third', '84.20.10.3')] },
    });
    writeFileSync(join(machine.directory, 'script'), script);
    const { stdout } = spawnSync('unshare', [...alone, driver, 'driver', machine.root, machine.directory], {
      encoding: 'utf8',
      env: {
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
        MACHINE: machine.directory,
      },
    });
    const [, ...parts] = stdout.split('--- run\n');
    status = parts.at(-1)?.split('--- status\n')[1] ?? '';
    runs = parts.map((part) => part.split(/--- (?:rules|status)\n/));
  });

  afterAll(() => machine.close());

  test('has the rules in the words by which they were asked for', () => {
    const [said, rules] = runs[0] ?? [];
    expect(said).toContain('first is as described');
    expect(rules).toContain(
      "ufw allow from 84.20.10.2 to any port 2379:2380,5001,6443,9101,9102,10250 proto tcp comment 'node'\n",
    );
    expect(rules).toContain(
      "ufw allow from 84.30.0.0/24 to any port 22,6443,22222 proto tcp comment 'operator'\n",
    );
    expect(rules).toContain('ufw allow from 2a01:4f8:1::7 to any port 22,6443,22222 proto tcp');
  });

  test('keeps nothing of what was there before', () => {
    expect(runs[0]?.[1]).not.toMatch(/2377|4789|esp|3000|eth0|route/);
  });

  test('has nothing to do the second time, and still lets in whom the first run let in', () => {
    expect(runs[1]?.[0]).toBe('first is as described. Nothing was changed.\n');
    expect(runs[1]?.[1]).toBe(runs[0]?.[1]);
  });

  test('denies by default', () => {
    expect(status).toContain('Status: active');
    expect(status).toContain('Default: deny (incoming), allow (outgoing)');
  });
});

describe('a ufw that leaves IPv6 alone', () => {
  test.each<[string, string]>([
    ['IPV6=no', 'IPV6=no'],
    ['IPV6="No"', 'IPV6=No'],
    ['# IPV6=yes', 'no IPV6=yes'],
  ])('is refused, with the way out: %s', (line, words) => {
    const machine = new Machine();
    machine.write('/etc/default/ufw', `${line}\n`);
    const { status, output, calls } = machine.run(accessScriptOf());
    machine.close();
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain(`/etc/default/ufw has ${words}: IPv6 is not filtered`);
  });

  test.each(['IPV6=yes', 'IPV6="yes"'])('is not meant by %s', (line) => {
    const machine = new Machine();
    machine.write('/etc/default/ufw', `${line}\n`);
    const { output } = machine.run(accessScriptOf());
    machine.close();
    expect(output).not.toContain('IPv6 is not filtered');
  });
});

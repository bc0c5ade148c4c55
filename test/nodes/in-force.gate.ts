import { spawnSync } from 'node:child_process';
import { firstBoot, firstBootFiles, firstBootScript, firstBootUnit } from '../../lib/nodes/first-boot';
import { available } from '../support/programs';
import { BootedMachine, describeBooted } from './booted';
import { scriptOf } from './setups';

const script = scriptOf();
const asDescribed = 'first is as described. Nothing was changed.\n';

type State = readonly [what: string, command: string, message: string];

/** What a run mends. States of one group come about together; one that hides another is in another group. */
const mended: readonly (readonly State[])[] = [
  [
    [
      'the chain INPUT was flushed and opened',
      'iptables -F INPUT; iptables -P INPUT ACCEPT',
      'differs: iptables has no jump from INPUT to ufw-before-logging-input ufw-before-input ',
    ],
    [
      'the chain INPUT of IPv6 was flushed',
      'ip6tables -F INPUT',
      'differs: ip6tables has no jump from INPUT to ufw6-before-logging-input ',
    ],
    [
      'a rule is written and not loaded',
      'iptables -F ufw-user-input',
      'differs: iptables has loaded 0 rules, but /etc/ufw',
    ],
    ['ufw is not loaded at boot', 'systemctl disable ufw', 'differs: ufw.service does not start at boot'],
    [
      'dpkg was interrupted',
      "sed -i '/^Package: busybox$/,/^$/s/^Status: .*/Status: install ok unpacked/' /var/lib/dpkg/status",
      'differs: dpkg was interrupted',
    ],
    [
      'sshd does not start at boot',
      'systemctl disable ssh.service',
      'differs: ssh.service and ssh.socket do not start at boot',
    ],
  ],
  [
    [
      'the rules can not be loaded',
      "sed -i 's/-p tcp/-p tpc/' /etc/ufw/user.rules /etc/ufw/user6.rules",
      "differs: /etc/ufw/user.rules can't be loaded at the next boot: ",
    ],
  ],
  [
    [
      'the rules are cut off',
      'truncate -s 900 /etc/ufw/user.rules',
      "differs: /etc/ufw/user.rules can't be loaded",
    ],
    ['ufw is enabled and not loaded', '/lib/ufw/ufw-init force-stop', 'differs: ufw is off'],
  ],
];

/** What a person decides, and a run leaves or refuses; and how it is undone. */
const left: readonly (readonly [...State, undo: string])[] = [
  [
    'ufw leaves IPv6 alone',
    'sed -i s/IPV6=yes/IPV6=no/ /etc/default/ufw',
    'refused: /etc/default/ufw has IPV6=no',
    'sed -i s/IPV6=no/IPV6=yes/ /etc/default/ufw',
  ],
  [
    'a file before ours lets passwords in, and adds a port',
    'printf "PasswordAuthentication yes\nPort 2200\n" >/etc/ssh/sshd_config.d/00-early.conf',
    "left: the option of sshd in force for root is 'passwordauthentication yes', but its value must be no. Remove the option from: /etc/ssh/sshd_config.d/00-early.conf:1",
    'rm /etc/ssh/sshd_config.d/00-early.conf',
  ],
  [
    'a Match changes sshd for one account',
    'printf "Match User deploy\nPubkeyAuthentication no\n" >/etc/ssh/sshd_config.d/99-late.conf',
    "left: the option of sshd in force for deploy is 'pubkeyauthentication no'",
    'rm /etc/ssh/sshd_config.d/99-late.conf',
  ],
  [
    'k3s has a drop-in',
    'mkdir -p /etc/systemd/system/k3s.service.d; printf "[Service]\nEnvironment=K3S_TOKEN=top-secret\n" >/etc/systemd/system/k3s.service.d/mine.conf; systemctl daemon-reload',
    'left: /etc/systemd/system/k3s.service.d/mine.conf is not part of the configuration of this node',
    'rm -r /etc/systemd/system/k3s.service.d; systemctl daemon-reload',
  ],
  [
    'k3s has an environment file',
    'echo K3S_TOKEN=top-secret >/etc/systemd/system/k3s.service.env',
    'left: /etc/systemd/system/k3s.service.env sets K3S_TOKEN for k3s.service',
    'rm /etc/systemd/system/k3s.service.env',
  ],
  [
    'a unit is masked',
    'systemctl mask fail2ban.service',
    'refused: fail2ban.service is masked, but must run. Run: sudo systemctl unmask fail2ban.service',
    'systemctl unmask fail2ban.service',
  ],
];

/** The base unit of Debian and of Ubuntu 24.04, and the one that Ubuntu 24.04 shipped in March 2025 (systemd 36795). */
const sockets = {
  'each family by its own line': 'ListenStream=0.0.0.0:22\nListenStream=[::]:22\nBindIPv6Only=ipv6-only\n',
  'both families by one line': 'ListenStream=22\n',
};

describeBooted('a booted machine', () => {
  const machine = new BootedMachine();
  let first: string;
  let second: string;

  beforeAll(() => {
    machine.boot();
    first = machine.script(script).output;
    second = machine.script(script).output;
  });

  afterAll(() => machine.close());

  test('becomes what the script says, and stays so', () => {
    expect(first).toContain('first is as described.');
    expect(second).toBe(asDescribed);
  });

  test('bans who fails, and keeps pods from 169.254.169.254', () => {
    const { output } = machine.run('fail2ban-client status sshd; nft list table inet honeydue_metadata');
    expect(output).toMatch(/Status for the jail: sshd[\s\S]*ip daddr 169\.254\.169\.254 counter/);
  });

  describe('that waits for a reboot', () => {
    const answer = () => machine.run('/usr/bin/curl -sS --max-time 5 http://84.20.10.1:9102/metrics');
    const seconds = (text: string, name: string) =>
      Number(new RegExp(`^node_${name}_timestamp_seconds (\\d+)$`, 'm').exec(text)?.[1]);
    let before: ReturnType<typeof answer>;
    let after: ReturnType<typeof answer>;
    let first: number;
    let check: ReturnType<BootedMachine['script']>;

    beforeAll(() => {
      before = answer();
      machine.run('mkdir -p /run/systemd/timesync; touch /run/systemd/timesync/synchronized');
      machine.run('echo linux-image-a >/run/reboot-required.pkgs; touch /run/reboot-required');
      first = Number(machine.run('date +%s').output);
      machine.run(
        '/usr/bin/sleep 2.5; echo linux-image-b >>/run/reboot-required.pkgs; touch /run/reboot-required',
      );
      after = answer();
      check = machine.script(script, '--check');
      machine.run('rm /run/reboot-required* /run/systemd/timesync/synchronized');
    });

    test('tells a metrics agent since when', () => {
      expect(before.status).toBe(0);
      const names = ['reboot_required', 'clock_synchronized'];
      expect(names.map((name) => seconds(before.output, name))).toEqual([0, 0]);
      for (const name of names) {
        expect(first - seconds(after.output, name)).toBeGreaterThanOrEqual(0);
        expect(first - seconds(after.output, name)).toBeLessThanOrEqual(1);
      }
    });

    test('says so by --check, with the packages and the commands, and is as described', () => {
      expect(check.status).toBe(0);
      expect(check.output).toMatch(
        /^note: a reboot is pending since .* UTC, for: linux-image-a linux-image-b\. Reboot one node at a time: kubectl drain first\.example\.com /,
      );
    });

    (available('promtool') ? test : test.skip)('tells so in lines that Prometheus accepts', () => {
      const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
        input: after.output,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
    });

    test('writes no line of the journal for each answer', () => {
      const { output } = machine.run('journalctl -q -o cat | grep -i "this node.s metrics"');
      expect(output).toMatch(/^Listening on .*\n$/);
    });
  });

  test('restarts a unit by its new file', () => {
    machine.run(
      "sed -i 's/:9102/:9199/' /etc/systemd/system/honeydue-metrics.socket; systemctl daemon-reload; systemctl restart honeydue-metrics.socket",
    );
    const listening = () =>
      machine.run("ss -tlnH 'sport = :9102 or sport = :9199' | awk '{ print $4 }'").output;
    const before = listening();
    machine.script(script);
    expect([before, listening()]).toEqual(['84.20.10.1:9199\n', '84.20.10.1:9102\n']);
  });

  test('gives up a first boot that still runs for a newer run, and not for --check', () => {
    const [unit] = firstBoot;
    machine.run(`cat >${unit?.path}; systemctl daemon-reload`, unit?.text);
    // Of one process: in a container systemd can fail to list those that outlive the first one (Input/output error), and a
    // child that it leaves keeps the lock.
    machine.run(`cat >${firstBootScript}`, 'exec 9>/run/honeydue-node.lock; flock 9; exec sleep infinity\n');
    machine.run(`systemctl start --no-block ${firstBootUnit}; /usr/bin/sleep 1`);
    const check = machine.script(script, '--check');
    const run = machine.script(script);
    expect([check.status, check.output]).toEqual([
      2,
      expect.stringContaining('another run of this script is in progress'),
    ]);
    expect([run.status, run.output]).toEqual([0, expect.stringContaining('first is as described')]);
    expect(machine.run(`systemctl is-active ${firstBootUnit}`).output).toMatch(/^(inactive|failed)/);
    expect(machine.run(`ls ${firstBootFiles.join(' ')} 2>/dev/null`).output).toBe('');
  });

  describe.each(mended)('that differs is seen by --check and mended by a run:', (...states) => {
    const rules = () => machine.run('iptables -S; ip6tables -S').output;
    let before: string;
    let check: string;
    let after: string;

    beforeAll(() => {
      before = rules();
      for (const [, command] of states) machine.run(command);
      check = machine.script(script, '--check').output;
      machine.script(script);
      after = machine.script(script, '--check').output;
    });

    test.each(states)('%s', (_, __, message) => {
      expect(check).toContain(message);
    });

    test('then the kernel has the same rules as before', () => {
      expect([after, rules()]).toEqual([asDescribed, before]);
    });
  });

  describe('that a run can not mend says so by --check, with the way out:', () => {
    let check: string;
    let run: ReturnType<BootedMachine['script']>;

    beforeAll(() => {
      for (const [, command] of left) machine.run(command);
      check = machine.script(script, '--check').output;
      run = machine.script(script);
      for (const [, , , undo] of left) machine.run(undo);
    });

    test.each(left)('%s', (_, __, message) => {
      expect(check).toContain(message);
    });

    test('and of ports', () => {
      expect(check).toContain(
        'left: sshd uses the ports 2200 22, but must use 22. Remove the option Port from',
      );
    });

    test('without a secret, and without a change', () => {
      expect(check).not.toContain('top-secret');
      expect([run.status, run.output]).toEqual([2, expect.stringMatching(/\nNothing was changed\.\n$/)]);
      expect(machine.script(script, '--check').output).toBe(asDescribed);
    });
  });

  describe.each(Object.entries(sockets))('with a socket that has %s', (_, streams) => {
    const moved = scriptOf({ access: { sshPorts: [22, 2222] } });
    const listeners = () =>
      machine
        .run("ss -tlnH 'sport = :22 or sport = :2222' | awk '{ print $4 }' | sort | xargs")
        .output.trim();

    beforeEach(() => {
      const unit = `[Unit]\nBefore=sockets.target\n[Socket]\n${streams}Accept=no\nFreeBind=yes\n[Install]\nWantedBy=sockets.target\nRequiredBy=ssh.service\n`;
      machine.run('cat >/etc/systemd/system/ssh.socket', unit);
      machine.run('rm -rf /etc/systemd/system/ssh.socket.d; systemctl disable --now ssh.service');
      machine.run('systemctl daemon-reload; systemctl enable ssh.socket; systemctl restart ssh.socket');
    });

    test('listens on every port, by both families', () => {
      expect(machine.script(moved).output).toContain('first is as described');
      expect(listeners()).toBe('0.0.0.0:22 0.0.0.0:2222 [::]:22 [::]:2222');
      const banner = machine.run('exec 3<>/dev/tcp/127.0.0.1/2222; timeout 5 head -c 7 <&3').output;
      expect(banner).toBe('SSH-2.0');
    });

    test('is the reason for BindIPv6Only, without which one of them does not listen', () => {
      const { output } = machine.script(moved.replace('BindIPv6Only=ipv6-only\n', ''));
      const isSet = streams.includes('BindIPv6Only');
      expect([output.includes('first is as described'), listeners().includes('0.0.0.0:2222')]).toEqual([
        isSet,
        isSet,
      ]);
    });
  });
});

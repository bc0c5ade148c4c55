import { readFileSync } from 'node:fs';
import { cloudInit } from '../../lib/nodes/cloud-init';
import { firstBootFiles } from '../../lib/nodes/first-boot';
import { BootedMachine, describeBooted } from './booted';
import { scriptOf } from './setups';

const password = { name: 'registry-password', base64: 'aXQncyBzZWNyZXQK' };
const release = 'https://github.com/k3s-io/k3s/releases/download/v1.34.6+k3s1';

/** Real but for what is remote: cloud-init reads the user-data, systemd tries again, and the machine boots twice. */
describeBooted('the first boot', () => {
  const machine = new BootedMachine();
  const status = () => machine.run('cloud-init status').output.trim();
  let stuck: string;
  let enabled: string;
  let again: string;
  let end: string;

  beforeAll(() => {
    for (const path of [
      '/etc/cloud/cloud-init.disabled',
      '/etc/honeydue/secrets/k3s-token',
      '/etc/honeydue/secrets/registry-password',
    ]) {
      machine.unwrite(path);
    }
    machine.write('/var/lib/cloud/seed/nocloud/user-data', cloudInit(scriptOf(), [password]));
    machine.write('/var/lib/cloud/seed/nocloud/meta-data', 'instance-id: first\n');
    machine.write(
      '/etc/cloud/cloud.cfg.d/99-test.cfg',
      'datasource_list: [NoCloud]\nnetwork: {config: disabled}\npreserve_hostname: true\nlocale: false\n',
    );
    const installed = readFileSync('/var/lib/dpkg/status', 'utf8');
    machine.write(
      '/var/lib/dpkg/status',
      installed.replace('Package: fail2ban\nStatus: install', 'Package: fail2ban\nStatus: deinstall'),
    );
    machine.write('/usr/local/sbin/honeydue-node', 'left by an earlier version\n', 0o755);
    // So that the test takes no minute.
    machine.write(
      '/etc/systemd/system/honeydue-first-boot.service.d/test.conf',
      '[Service]\nRestartSec=1s\n',
    );
    machine.write('/usr/local/bin/sleep', '#!/bin/sh\nexec /usr/bin/sleep 0.5\n', 0o755);
    machine.write('/var/lib/stand-ins/failures', '2\n');
    machine.boot();
    machine.until('journalctl -u honeydue-first-boot', /restart counter is at 2/, 40);
    stuck = status();
    enabled = machine.run('systemctl is-enabled honeydue-first-boot').output.trim();
    machine.reboot();
    machine.until('journalctl -b -u honeydue-first-boot', /restart counter is at 1/, 40);
    again = status();
    machine.run(
      'umask 077; mkdir -p /etc/honeydue/secrets; cat >/etc/honeydue/secrets/k3s-token',
      'the-token\n',
    );
    end = machine.until('cloud-init status', /done|error/, 60).trim();
  });

  afterAll(() => machine.close());

  test('tries again by a unit, also after a reboot, and cloud-init does not say done meanwhile', () => {
    expect([stuck, enabled, again]).toEqual(['status: running', 'enabled', 'status: running']);
  });

  test('says on the console what it waits for', () => {
    const said = machine.console();
    expect(said).toContain('first: not set up: /etc/honeydue/secrets/k3s-token is missing');
    expect(said).toContain('first: waits for the API server of 84.20.10.2');
    expect(said).toContain(`first: waits for ${release}/k3s`);
  });

  test('succeeds where each remote answer fails twice first', () => {
    const tries = machine.run('sort /var/lib/stand-ins/tries | uniq -c').output;
    const expected = [
      'apt-get install',
      'apt-get update',
      'https://84.20.10.2:6443/cacerts',
      `${release}/k3s`,
      `${release}/sha256sum-amd64.txt`,
    ];
    expect(
      tries
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(expected.map((each) => `3 ${each}`));
    expect(end).toBe('status: done');
    expect(machine.script(scriptOf(), '--check').output).toBe(
      'first is as described. Nothing was changed.\n',
    );
  });

  test('leaves no copy of the script, and nothing that would run one', () => {
    expect(machine.run(`ls ${firstBootFiles.join(' ')} 2>/dev/null`).output).toBe('');
    expect(machine.run('systemctl is-enabled honeydue-first-boot').status).not.toBe(0);
  });
});

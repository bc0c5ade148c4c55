import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../support/configuration';
import { available } from '../support/programs';

/** A root file system that is this machine's, where what is written is lost with the test. */
const boot = `set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/up" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/up,workdir=$1/work" "$1/root"
chmod 0755 "$2"
cp -a "$2/." "$1/root"
for boot in 1 2; do systemd-nspawn -q "--directory=$1/root" --private-network --boot --register=no --keep-unit --kill-signal=SIGRTMIN+4 ${[
  ...['etcd', 'postgresql', 'redis-server', 'victoria-metrics', 'prometheus'],
  ...['prometheus-redis-exporter', 'prometheus-node-exporter'],
]
  .map((name) => `systemd.mask=${name}.service`)
  .join(' ')} || true; done`;

/** What a test machine needs: systemd itself, and the rights to boot it. */
const canBoot =
  ['systemd-nspawn', 'ufw', 'sshd', 'etcd', 'nft', 'fail2ban-client', 'cloud-init'].every(available) &&
  spawnSync('unshare', ['--mount', 'true']).status === 0;

/** A machine boots; where it can't, the tests are skipped, but not in continuous integration. */
export const describeBooted = canBoot || process.env['CI'] !== undefined ? describe : describe.skip;

const standIns = join(root, 'test', 'nodes', 'booted');

/** Its own address, and one by which packets leave. */
const address = `[Unit]
DefaultDependencies=no
Before=network-pre.target
Wants=network-pre.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'ip link set lo up; ip address add 84.20.10.1/32 dev lo; ip route add default dev lo'
`;

/** Debian as it boots, in namespaces of its own, with stand-ins for what is remote and for k3s' API server. */
export class BootedMachine {
  private readonly directory = mkdtempSync(join(tmpdir(), 'booted-'));
  private readonly files = mkdtempSync(join(tmpdir(), 'booted-files-'));
  private readonly consolePath = `${this.files}.console`;
  private process: ChildProcess | undefined;
  private leader = '';

  constructor() {
    for (const name of ['curl', 'apt-get', 'sysctl', 'timedatectl']) {
      this.write(`/usr/local/bin/${name}`, this.standIn(name), 0o755);
    }
    for (const name of ['remote', 'k3s']) this.write(`/var/lib/stand-ins/${name}`, this.standIn(name), 0o755);
    this.write('/var/lib/stand-ins/failures', '0\n');
    this.write('/var/lib/stand-ins/tries', '');
    this.write('/var/lib/stand-ins/dpkg-status', readFileSync('/var/lib/dpkg/status', 'utf8'));
    this.write('/etc/systemd/system/test-address.service', address);
    const wants = join(this.files, 'etc/systemd/system/sysinit.target.wants');
    mkdirSync(wants, { recursive: true });
    symlinkSync('../test-address.service', join(wants, 'test-address.service'));
    // It needs the host's clock, which a container may not set.
    this.write(
      '/etc/systemd/system/systemd-timesyncd.service.d/test.conf',
      '[Unit]\nConditionVirtualization=\n[Service]\nType=exec\nUser=root\nExecStart=\nExecStart=/usr/bin/sleep infinity\n',
    );
    this.write('/etc/honeydue/secrets/k3s-token', 'the-token\n', 0o600);
    this.write('/etc/honeydue/secrets/registry-password', "it's secret\n", 0o600);
    this.write('/etc/hostname', 'first.example.com\n');
    this.write('/etc/cloud/cloud-init.disabled', '');
  }

  private standIn(name: string): string {
    return readFileSync(join(standIns, `${name}.sh`), 'utf8');
  }

  /** Before it boots. */
  write(path: string, text: string, mode = 0o644): void {
    const place = join(this.files, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text, { mode });
  }

  /** Before it boots: takes back what was written. */
  unwrite(path: string): void {
    rmSync(join(this.files, path));
  }

  boot(): void {
    const arguments_ = ['--mount', 'sh', '-c', boot, 'boot', this.directory, this.files];
    this.process = spawn('unshare', arguments_, {
      stdio: ['ignore', openSync(this.consolePath, 'w'), 'ignore'],
    });
    this.waitUntilUp();
  }

  /** As after a loss of power: what is in /run is gone. */
  reboot(): void {
    const before = this.leader;
    this.run('systemctl poweroff --force');
    const end = Date.now() + 30_000;
    while (this.init() === before && Date.now() < end) spawnSync('sleep', ['0.2']);
    this.waitUntilUp();
  }

  /** What the machine wrote to its console. */
  console(): string {
    return readFileSync(this.consolePath, 'utf8');
  }

  private waitUntilUp(): void {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      spawnSync('sleep', ['0.2']);
      this.leader = this.init();
      if (this.leader === '') continue;
      const state = this.run('systemctl is-system-running').output;
      if (/^(running|degraded|starting)/.test(state) && this.isUp()) return;
    }
    throw new Error('the test machine did not boot');
  }

  /** Its process 1: the child of systemd-nspawn, which is the child of the shell. */
  private init(): string {
    return childOf(childOf(`${this.process?.pid}`));
  }

  private isUp(): boolean {
    return this.run('systemctl is-active multi-user.target').output.startsWith('active');
  }

  run(command: string, input = ''): { status: number | null; output: string } {
    const inside = ['--target', this.leader, '--all', 'bash', '--norc', '-c', command];
    const { status, stdout, stderr } = spawnSync('nsenter', inside, {
      input,
      timeout: 60_000,
      encoding: 'utf8',
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    });
    return { status, output: `${stdout}${stderr}` };
  }

  /** As the operator does over SSH. */
  script(text: string, args = ''): { status: number | null; output: string } {
    return this.run(`bash --norc -s -- ${args}`, text);
  }

  /** Runs a command until it says something, at most so many seconds. */
  until(command: string, expected: RegExp, seconds: number): string {
    const end = Date.now() + seconds * 1000;
    let said = '';
    while (Date.now() < end) {
      said = this.run(command).output;
      if (expected.test(said)) return said;
      spawnSync('sleep', ['0.5']);
    }
    return said;
  }

  close(): void {
    this.process?.kill('SIGKILL');
    if (this.leader !== '') spawnSync('kill', ['-KILL', this.leader]);
    rmSync(this.files, { recursive: true, force: true });
    rmSync(this.consolePath, { force: true });
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function childOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  } catch {
    return '';
  }
}

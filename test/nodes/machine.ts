import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../support/configuration';

export * from './setups';

const programs = [
  ...[
    'apt-get',
    'chown',
    'curl',
    'dpkg',
    'getent',
    'hostname',
    'ip',
    'ip6tables',
    'iptables',
    'k3s',
    'nft',
    'sleep',
    'ss',
    'sshd',
    'stat',
  ],
  ...['sync', 'sysctl', 'systemctl', 'timedatectl', 'ufw', 'useradd', 'visudo'],
];

const stateDirectories = ['active', 'enabled', 'failed', 'packages', 'sysctl', 'users'];

export interface Run {
  readonly status: number | null;
  readonly output: string;
  /** What was called that changes something. */
  readonly calls: readonly string[];
}

/** Where the stand-ins are: one script under many names. */
const stubs = join(root, 'test', 'nodes', 'stubs.sh');

/** A throw-away root, and stand-ins for the programs that act on more than files. */
export class Machine {
  readonly directory = mkdtempSync(join(tmpdir(), 'node-'));
  readonly root = join(this.directory, 'root');

  /** @param like a machine to be a copy of */
  constructor(like?: Machine) {
    if (like !== undefined) {
      cpSync(like.directory, this.directory, { recursive: true, verbatimSymlinks: true });
      return;
    }
    for (const name of stateDirectories) mkdirSync(join(this.directory, 'state', name), { recursive: true });
    mkdirSync(join(this.directory, 'bin'));
    for (const program of programs) symlinkSync(stubs, join(this.directory, 'bin', program));
    this.state('hostname', 'first.example.com\n');
    this.state('owners', '');
    this.state('ufw', '');
    this.state('labelled', '');
    this.state('enabled/ssh.service');
    this.bucketKeeps('56');
    this.members('first.example.com 84.20.10.1 True True', 'second.example.com 84.20.10.2 True True');
    this.release('v1.34.6+k3s1');
    this.write('/etc/ssh/sshd_config', '');
    this.write(
      '/etc/default/ufw',
      'IPV6=yes\nDEFAULT_INPUT_POLICY="ACCEPT"\nDEFAULT_OUTPUT_POLICY="ACCEPT"\n',
    );
    this.secret('k3s-token', 'the-token');
    this.secret('registry-password', "it's secret");
  }

  /** Runs a script as the operator does: bash reads it from its standard input. */
  run(script: string, args: readonly string[] = [], env: Record<string, string> = {}): Run {
    writeFileSync(join(this.directory, 'calls'), '');
    const { status, stdout, stderr } = spawnSync('bash', ['-s', '--', '--root', this.root, ...args], {
      input: script,
      encoding: 'utf8',
      env: {
        PATH: `${join(this.directory, 'bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
        MACHINE: this.directory,
        SSH_CONNECTION: '',
        ...env,
      },
    });
    const calls = readFileSync(join(this.directory, 'calls'), 'utf8').split('\n').filter(Boolean);
    return { status, output: `${stdout}${stderr}`, calls };
  }

  /** Makes or replaces a file of what the stand-ins know. */
  state(name: string, text = ''): void {
    writeFileSync(join(this.directory, 'state', name), text);
  }

  stateOf(name: string): string {
    return readFileSync(join(this.directory, 'state', name), 'utf8');
  }

  members(...lines: string[]): void {
    this.state('members', lines.map((line) => `${line}\n`).join(''));
  }

  /** What the Secret with the bucket says of its retention. */
  bucketKeeps(snapshots: string): void {
    this.state('bucket-secret', `snapshots ${Buffer.from(snapshots).toString('base64')}`);
  }

  release(version: string): void {
    this.state('release', `#!/bin/sh\nK3S_VERSION=${version} exec k3s "$@"\n`);
  }

  secret(name: string, value: string): void {
    this.write(`/etc/honeydue/secrets/${name}`, `${value}\n`, 0o600);
  }

  write(path: string, text: string, mode = 0o644): void {
    const place = join(this.root, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    chmodSync(place, mode);
  }

  append(path: string, text: string): void {
    appendFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true, force: true });
  }

  /** Which clusters k3s began or joined here, in order. */
  clusters(): string {
    const path = join(this.directory, 'clusters');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { applyNode, checkNode } from '../../../lib/operations/tools/node-scripts';
import { accessScriptOf, Machine, nodeProps } from '../../nodes/machine';
import { freePort } from '../../support/free-port';
import { available } from '../../support/programs';

/** A real ssh and a real sshd on loopback; the script runs in a throw-away root, with stand-ins for what changes a system. */
const withSsh = ['/usr/sbin/sshd', 'ssh', 'ssh-keygen'].every(available) ? describe : describe.skip;

const script = accessScriptOf();
const path = process.env['PATH'];

let directory: string;
let machine: Machine;
let sshd: ChildProcess;
let port: number;

function write(name: string, text: string, mode = 0o644): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

/** Runs what ssh asks for, with a `sudo` that runs the script in the machine's root. */
function writeRemote(): string {
  const rooted = `exec env SSH_CONNECTION='84.30.0.7 50000 84.20.10.1 22' PATH='${join(machine.directory, 'bin')}:/usr/sbin:/usr/bin:/sbin:/bin' MACHINE='${machine.directory}' bash -s -- --root '${machine.root}'`;
  write(
    'sudo',
    `#!/bin/sh\n[ "$1 $2" = "bash -s" ] || exit 97\nshift 2\n[ "$1" = -- ] && shift\n${rooted} "$@"\n`,
    0o755,
  );
  return write('remote', `#!/bin/sh\nPATH=${directory}:$PATH exec sh -c "$SSH_ORIGINAL_COMMAND"\n`, 0o755);
}

function keyPair(name: string): string {
  const file = join(directory, name);
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  return file;
}

async function untilListening(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await sleep(50);
  }
  throw new Error('sshd does not listen');
}

withSsh('the script of a node over ssh', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'honeydue-ssh-'));
    machine = new Machine();
    port = await freePort();
    const [host, user] = [keyPair('host'), keyPair('user')];
    const keys = write('authorized', readFileSync(`${user}.pub`, 'utf8'), 0o600);
    const lines = [
      ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${host}`, 'PidFile none', 'UsePAM no'],
      ...['StrictModes no', `AuthorizedKeysFile ${keys}`, `ForceCommand ${writeRemote()}`],
    ];
    sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', write('sshd_config', `${lines.join('\n')}\n`)], {
      stdio: 'ignore',
    });
    await untilListening();
    const alias = (name: string, to: number) =>
      `Host ${name}\n  HostName 127.0.0.1\n  Port ${to}\n  User ${userInfo().username}\n  IdentityFile ${user}\n  UserKnownHostsFile ${join(directory, 'known')}\n  StrictHostKeyChecking accept-new\n`;
    const config = write('ssh_config', `${alias('first', port)}${alias('silent', await freePort())}`);
    const real = spawnSync('sh', ['-c', 'command -v ssh'], { encoding: 'utf8' }).stdout.trim();
    write('ssh', `#!/bin/sh\nexec ${real} -F ${config} "$@"\n`, 0o755);
    process.env['PATH'] = `${directory}:${path}`;
  });

  afterAll(() => {
    process.env['PATH'] = path;
    sshd?.kill();
    machine?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('with --check prints each difference, and changes nothing', async () => {
    const { notAsked, differences } = await checkNode('first', script);
    expect(notAsked).toBeUndefined();
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.filter((line) => !/^(differs|left|note): /.test(line))).toEqual([]);
    expect(machine.has('/etc/ssh/sshd_config.d/10-honeydue.conf')).toBe(false);
  });

  test('without it changes the node', async () => {
    await applyNode('first', script);
    expect(machine.has('/etc/ssh/sshd_config.d/10-honeydue.conf')).toBe(true);
    expect(
      (await checkNode('first', script)).differences.filter((line) => line.startsWith('differs')),
    ).toEqual([]);
  });

  test('that leaves something to the operator fails with it', async () => {
    const reserved = { ...nodeProps.cluster.reserved, kubernetes: { cpu: '300m', memory: '2Gi' } };
    await expect(applyNode('first', accessScriptOf({ cluster: { reserved } }))).rejects.toThrow(
      /^first: the script of this node left differences that you must resolve by hand \(docs\/nodes\.md\):\nleft: .*--restart-k3s/,
    );
  });

  test('that refuses is no answer: its reason is printed', async () => {
    const other = script.replace('machine first.example.com', 'machine other.example.com');
    expect((await checkNode('first', other)).notAsked).toMatch(
      /^the script of this node ended with exit code 2:\nfailed: this host is first\.example\.com/,
    );
  });

  test('that sudo does not run is no answer, and no node without differences', async () => {
    write('sudo', '#!/bin/sh\necho "sudo: a password is required" >&2\nexit 1\n', 0o755);
    const answer = await checkNode('first', script);
    writeRemote();
    expect(answer.notAsked).toBe(
      'the script of this node ended with exit code 1:\nsudo: a password is required',
    );
  });

  test('whose node does not answer is no answer', async () => {
    expect((await checkNode('silent', script)).notAsked).toMatch(/^ssh can't connect: .*Connection refused/);
  });
});

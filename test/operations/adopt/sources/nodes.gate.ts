import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { nodesSource } from '../../../../lib/operations/adopt/nodes/source';
import { withDirectoryFor } from '../../../support/configuration';
import { freePort } from '../../../support/free-port';
import { available } from '../../../support/programs';
import { ask, left, stated } from './asking';

const withSshd = available('sshd') && available('ssh') ? describe : describe.skip;

/** sudo of a node whose files are below a directory. */
const sudo = (directory: string) => `#!/bin/sh
[ "$1" = -n ] || exit 9
case "$2" in cat) exec /bin/cat '${directory}/root'"$3" ;; ufw) exec /bin/cat '${directory}/root/ufw' ;; esac
`;

function write(path: string, text: string, mode = 0o600): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
}

/** Files of Debian's sshd on one port, and of an ssh that knows it as each of the nodes. */
function prepare(directory: string, port: number): void {
  for (const name of ['host', 'operator', 'stranger'])
    execFileSync('ssh-keygen', [
      '-q',
      '-t',
      'ed25519',
      '-N',
      '',
      '-C',
      `${name}@test`,
      '-f',
      join(directory, name),
    ]);
  const [hostKey, key] = ['host', 'operator'].map((name) =>
    readFileSync(join(directory, `${name}.pub`), 'utf8'),
  );
  write(join(directory, 'authorized'), key ?? '');
  write(join(directory, 'known'), `[127.0.0.1]:${port} ${hostKey}`);
  write(
    join(directory, 'sshd_config'),
    [
      ...[
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${directory}/host`,
        'UsePAM no',
        'StrictModes no',
      ],
      ...[`AuthorizedKeysFile ${directory}/authorized`, 'PasswordAuthentication no', 'PidFile none'],
      ...['KbdInteractiveAuthentication no', 'PermitRootLogin prohibit-password'],
      `SetEnv PATH=${directory}/remote:/usr/bin:/bin`,
    ].join('\n'),
  );
  write(
    join(directory, 'ssh_config'),
    [
      ...['Host hetzner*', 'HostName 127.0.0.1', `Port ${port}`, `UserKnownHostsFile ${directory}/known`],
      ...['StrictHostKeyChecking yes', 'IdentitiesOnly yes', `IdentityFile ${directory}/key`],
    ].join('\n'),
  );
  write(join(directory, 'remote', 'sudo'), sudo(directory), 0o755);
  write(
    join(directory, 'bin', 'ssh'),
    `#!/bin/sh\nexec /usr/bin/ssh -F '${directory}/ssh_config' "$@"\n`,
    0o755,
  );
  write(
    join(directory, 'root', 'ufw'),
    'Status: active\n\n22,6443/tcp                ALLOW       84.20.10.0/24\n',
  );
  write(join(directory, 'root', 'home', 'deploy', '.ssh', 'authorized_keys'), key ?? '');
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await wait(50);
  }
  throw new Error('sshd does not listen');
}

/** Runs `use` while sshd runs, with the key of an operator. */
async function withServer(
  key: 'operator' | 'stranger',
  use: (ownKey: string) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const { PATH } = process.env;
  await withDirectoryFor(async (directory) => {
    prepare(directory, port);
    write(join(directory, 'key'), readFileSync(join(directory, key), 'utf8'));
    // sshd re-executes itself, and needs its whole path.
    const sshd: ChildProcess = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(directory, 'sshd_config')], {
      stdio: 'ignore',
    });
    process.env['PATH'] = `${join(directory, 'bin')}:${PATH}`;
    try {
      await untilListening(port);
      await use(readFileSync(join(directory, 'operator.pub'), 'utf8').trim());
    } finally {
      process.env['PATH'] = PATH;
      sshd.kill();
    }
  });
}

withSshd("Debian's ssh and sshd", () => {
  test(
    'let the keys and the networks be read',
    () =>
      withServer('operator', async (ownKey) => {
        const { answers } = await ask(nodesSource(), {}, { ssh: true });
        expect(answers).toEqual({
          ...stated('access.authorizedKeys', [ownKey]),
          ...stated('access.networks', ['84.20.10.0/24']),
        });
      }),
    30_000,
  );

  test(
    'refuse a key that is not known, without a question',
    () =>
      withServer('stranger', async () => {
        const { answers } = await ask(nodesSource(), {}, { ssh: true });
        const reason = "hetzner1 can't be reached: ";
        expect(answers).toMatchObject(left('access.networks', 'no-source', reason));
        expect(answers).toMatchObject(left('access.networks', 'no-source', 'Permission denied (publickey).'));
      }),
    30_000,
  );
});

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../../support/at';
import { freePort } from '../../support/free-port';
import { container, production } from '../../support/production';
import { available } from '../../support/programs';

/**
 * The very command of the manifest, under a real redis-server. Only the directory and the port are others, so that
 * it runs beside whatever runs here. The image's shell is busybox's; Debian's own is tried too.
 */
const shells = ['sh', 'busybox'].filter(available);
const real = ['redis-server', 'redis-cli', 'flock'].every(available) ? describe : describe.skip;

const redis = container(production, 'redis');
const probe = (at(redis, 'readinessProbe.exec.command') as string[]).at(-1) ?? '';
const nasty = ` a b\t"c" 'd' \\e\\\\ \\x41 \\n $f $(g) \`h\` #i %j {k} *l* é`;

let directory: string;
let port: number;
let started: ChildProcess[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'redis-'));
  port = await freePort();
  started = [];
});

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

function start(password: string | undefined, shell = 'sh') {
  const command = [...(at(redis, 'command') as string[]), ...(at(redis, 'args') as string[])];
  const here = command.map((word) => word.replaceAll('/data', directory));
  const [program = '', ...rest] = shell === 'busybox' ? ['busybox', ...here] : here;
  const child = spawn(program, [...rest, '--port', String(port)], {
    env: environment(password),
    stdio: 'pipe',
  });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    output += text;
  });
  started.push(child);
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { child, ended, output: () => output };
}

function environment(password: string | undefined): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return password === undefined ? { PATH } : { PATH, REDIS_PASSWORD: password, REDISCLI_AUTH: password };
}

/** What the kubelet would find: the exit code of the probe's command. */
function runProbe(password: string): number | null {
  const command = probe.replace('-h 127.0.0.1', `-h 127.0.0.1 -p ${port}`);
  return spawnSync('sh', ['-c', command], { env: environment(password) }).status;
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`waited in vain until ${what}`);
}

function client(password: string, ...command: string[]): string {
  return execFileSync('redis-cli', ['-p', String(port), ...command], {
    env: environment(password),
    encoding: 'utf8',
  }).trim();
}

real('the command that starts Redis', () => {
  test.each(shells)('takes a password of spaces, quotes and backslashes as it is, in %s', async (shell) => {
    const password = nasty.replace('\t', ' ');
    start(password, shell);
    await until(() => runProbe(password) === 0, 'the probe succeeds');
    expect(client(password, 'ping')).toBe('PONG');
  });

  test.each([undefined, ''])('starts nothing without a password (%j)', async (password) => {
    const { ended, output } = start(password);
    expect(await ended).toBe(1);
    expect(output()).toBe('REDIS_PASSWORD is empty: not starting a Redis without a password\n');
  });

  test.each(['secret\n', 'a\nbind 0.0.0.0', 'a\tb'])(
    'starts nothing with the password %j',
    async (password) => {
      const { ended, output } = start(password);
      expect(await ended).toBe(1);
      expect(output()).toContain('REDIS_PASSWORD holds a line break or another control character');
    },
  );

  test('keeps the password out of every argument and file', async () => {
    const { child } = start('k33p-me-out');
    await until(() => runProbe('k33p-me-out') === 0, 'the probe succeeds');
    client('k33p-me-out', 'set', 'a', 'b');
    expect(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).not.toContain('k33p');
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((name) => join(directory, name))
      .filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const path of files) expect(readFileSync(path, 'latin1')).not.toContain('k33p');
  });

  test('refuses clients without a password', async () => {
    start('right');
    await until(() => runProbe('right') === 0, 'the probe succeeds');
    const refused = spawnSync('redis-cli', ['-p', String(port), 'ping'], {
      env: environment(undefined),
      encoding: 'utf8',
    });
    expect([refused.status, refused.stdout.trim()]).toEqual([0, 'NOAUTH Authentication required.']);
  });

  test('is found unready by a probe whose password is wrong, though redis-cli exits with 0', async () => {
    start('right');
    await until(() => runProbe('right') === 0, 'the probe succeeds');
    expect(runProbe('wrong')).not.toBe(0);
  });

  test('becomes the server itself, so that SIGTERM ends it in order', async () => {
    const { child, ended, output } = start('right');
    await until(() => runProbe('right') === 0, 'the probe succeeds');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output()).toContain('Redis is now ready to exit');
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'waits for another server on the volume until its %s',
    async (signal) => {
      const first = start('right');
      await until(() => runProbe('right') === 0, 'the first answers');
      client('right', 'set', 'job', 'waiting');
      port = await freePort();
      const second = start('right');
      await until(() => second.output().includes('another Redis holds'), 'the second says that it waits');
      expect(runProbe('right')).not.toBe(0);
      first.child.kill(signal);
      await until(() => runProbe('right') === 0, 'the second answers');
      expect(client('right', 'get', 'job')).toBe('waiting');
    },
  );
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canary, formsOf } from '../../support/canary';
import { root } from '../../support/configuration';
import { complete, type SecretsCase, withSecrets } from './secrets-of';

const forms = formsOf(canary);
const leaks = (text: string): string[] => forms.filter((form) => text.includes(form));

/** The canary in every value that can hold any text, and in the private parts of the others. */
const canaries = Object.fromEntries(
  Object.entries(complete).map(([path, value]) => {
    if (path.endsWith('.dockerconfigjson'))
      return [
        path,
        JSON.stringify({ auths: { 'gitea.treytartt.com': { username: 'a', password: canary } } }),
      ];
    return [path, value.startsWith('-----BEGIN') ? value : canary];
  }),
);

/** kubectl as other users of the machine see it: what it reads is printed nowhere, its arguments and variables are. */
const kubectl = (directory: string) => `#!/bin/sh
tr '\\0' '\\n' < /proc/$$/cmdline >> '${directory}/seen'
tr '\\0' '\\n' < /proc/$$/environ >> '${directory}/seen'
case "$*" in *current-context*) echo here ;; *apply*) cat > /dev/null; sleep 0.3; echo "the server refuses" >&2; exit 1 ;; esac
`;

/** What every process of this machine shows of itself. */
function processes(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((id) => ['cmdline', 'environ'].map((file) => readQuietly(join('/proc', id, file))))
    .join('\n');
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Runs a command as a process of its own, and looks at all processes meanwhile. */
async function run({ config }: SecretsCase, ...args: string[]): Promise<{ printed: string; seen: string[] }> {
  const words = [join(root, 'bin', 'honeydue.mjs'), 'secrets', ...args, '--config', config];
  const env = { ...process.env };
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
  const seen = new Set<string>();
  const timer = setInterval(() => {
    for (const form of leaks(processes())) seen.add(form);
  }, 30);
  await once(child, 'close');
  clearInterval(timer);
  return { printed: Buffer.concat(printed).toString('utf8'), seen: [...seen] };
}

/** The files below a directory that hold the canary in any form. */
function filesWithCanary(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(
      (path) =>
        leaks(readQuietly(path)).length > 0 ||
        leaks(Buffer.from(readQuietly(path), 'latin1').toString()).length > 0,
    );
}

(process.platform === 'linux' ? test : test.skip)(
  'no command shows a byte of a secret, or leaves one in a file',
  () =>
    withSecrets(async (secrets) => {
      const { directory } = secrets;
      writeFileSync(join(directory, 'kubectl'), kubectl(directory));
      writeFileSync(
        join(directory, 'editor'),
        '#!/bin/sh\nsleep 0.3; grep -q broken "$1" || echo "  broken: [" >> "$1"\n',
      );
      for (const name of ['kubectl', 'editor']) chmodSync(join(directory, name), 0o755);
      const before = { ...process.env };
      // What is temporary goes where it is looked for.
      Object.assign(process.env, {
        PATH: `${directory}:${before['PATH']}`,
        EDITOR: join(directory, 'editor'),
        TMPDIR: directory,
      });
      try {
        const commands = [
          ['check', '--verbose'],
          ['check', '--format', 'json'],
          ['generate', '--verbose'],
          ['edit'],
          ['status'],
          ['apply', '--yes', '--verbose'],
          ['generate', '--rotate', 'honeydue-backup.B2_KEY_ID'],
        ];
        for (const command of commands) {
          const { printed, seen } = await run(secrets, ...command);
          expect([command, printed === '', leaks(printed), seen]).toEqual([command, false, [], []]);
        }
        expect(readFileSync(join(directory, 'seen'), 'utf8')).toContain('apply');
        expect(filesWithCanary(directory)).toEqual([]);
        expect(readdirSync('/dev/shm').filter((name) => name.startsWith('honeydue-secrets-'))).toEqual([]);
      } finally {
        for (const name of ['PATH', 'EDITOR', 'TMPDIR']) {
          if (before[name] === undefined) delete process.env[name];
          else process.env[name] = before[name];
        }
      }
    }, canaries),
  // Seven commands, each a process of its own.
  180_000,
);

test('the canary is in the file that is decrypted', () =>
  withSecrets(async ({ values }) => {
    expect(Object.values(await values()).filter((value) => leaks(value).length > 0)).toHaveLength(8);
  }, canaries));

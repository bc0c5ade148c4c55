import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../support/configuration';
import { complete, type SecretsCase, withSecrets } from './secrets-of';

const redis = 'kubernetes/honeydue-secrets/REDIS_PASSWORD';
const mine = 'e5a0'.concat('27c4b1d896'.repeat(6));
const linux = process.platform === 'linux' ? describe : describe.skip;

/** In memory, and of this file alone: an edit removes what killed runs of any other test left in the same directory. */
let memory = '';

/** The directories of edits that are in memory. */
const left = () => readdirSync(memory).filter((name) => name.startsWith('honeydue-secrets-'));

/** An editor that a shell script plays; $1 is the file. */
function editor({ directory }: SecretsCase, script: string): string {
  const path = join(directory, 'editor');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A process of its own, as a terminal would start it. */
function start(secrets: SecretsCase, program: string) {
  const child = spawn(
    process.execPath,
    [join(root, 'bin', 'honeydue.mjs'), 'secrets', 'edit', '--config', secrets.config, '--memory', memory],
    { env: { ...process.env, EDITOR: program, VISUAL: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk) => printed.push(chunk));
  child.stderr.on('data', (chunk) => printed.push(chunk));
  return { child, ended: once(child, 'close'), text: () => Buffer.concat(printed).toString('utf8') };
}

async function edit(secrets: SecretsCase, script: string): Promise<{ status: number; text: string }> {
  const { child, ended, text } = start(secrets, editor(secrets, script));
  await ended;
  return { status: child.exitCode ?? -1, text: text() };
}

linux('secrets edit', () => {
  beforeAll(() => {
    memory = mkdtempSync('/dev/shm/honeydue-test-');
  });
  afterAll(() => rmSync(memory, { recursive: true, force: true }));

  test('opens the values in memory, for this user alone, and encrypts what comes back', () =>
    withSecrets(async (secrets) => {
      const seen = join(secrets.directory, 'seen');
      const script = `stat -c '%a %n' "$1" "$(dirname "$1")" > '${seen}'; stat -fc %T "$1" >> '${seen}'; cat "$1" > '${seen}.text'
sed -i 's/^    REDIS_PASSWORD: .*/    REDIS_PASSWORD: ${mine}/' "$1"`;
      const { status, text } = await edit(secrets, script);
      expect([status, text]).toEqual([
        0,
        expect.stringMatching(
          /secrets\.sops\.yaml: changed\n {2}kubernetes\.honeydue-secrets\.REDIS_PASSWORD\n$/,
        ),
      ]);
      expect(readFileSync(seen, 'utf8')).toMatch(
        /^600 \/dev\/shm\/\S+\/secrets\.yaml\n700 \/dev\/shm\/\S+\ntmpfs\n$/,
      );
      expect(readFileSync(`${seen}.text`, 'utf8')).toContain(
        `    REDIS_PASSWORD: "${complete[redis]}"`.replaceAll('"', ''),
      );
      expect(await secrets.values()).toEqual({ ...complete, [redis]: mine });
      expect(left()).toEqual([]);
    }));

  test('writes nothing where nothing changed', () =>
    withSecrets(async (secrets) => {
      const before = secrets.text();
      expect(await edit(secrets, 'exit 0')).toMatchObject({
        status: 0,
        text: expect.stringContaining('nothing changed'),
      });
      expect(secrets.text()).toBe(before);
    }));

  test('hands back what is not YAML, with the reason, and takes the correction', () =>
    withSecrets(async (secrets) => {
      const first = join(secrets.directory, 'first');
      const script = `if [ -e '${first}' ]; then cat "$1" > '${first}'; sed -i 's/: "${mine}$/: ${mine}/' "$1"
else touch '${first}'; sed -i 's/^    REDIS_PASSWORD: .*/    REDIS_PASSWORD: "${mine}/' "$1"; fi`;
      const { status, text } = await edit(secrets, script);
      expect([status, text.includes(mine)]).toEqual([0, false]);
      expect(readFileSync(first, 'utf8')).toMatch(
        /^#! secrets\.yaml:\d+:\d+ is not valid YAML \(\w+\); put quotes around the value/,
      );
      expect(await secrets.values()).toEqual({ ...complete, [redis]: mine });
    }));

  test('ends with the same text twice, and prints no value of it', () =>
    withSecrets(async (secrets) => {
      const before = secrets.text();
      const { status, text } = await edit(
        secrets,
        `sed -i 's/^    REDIS_PASSWORD: .*/    REDIS_PASSWORD: "${mine}/' "$1"`,
      );
      expect([status, text.includes(mine)]).toEqual([1, false]);
      expect(text).toContain('is not valid YAML');
      expect([secrets.text(), left()]).toEqual([before, []]);
    }));

  test('says what is still missing, and writes all the same', () =>
    withSecrets(async (secrets) => {
      const { status, text } = await edit(secrets, `sed -i '/^    B2_KEY_ID/d' "$1"`);
      expect(status).toBe(0);
      expect(text).toContain('kubernetes.honeydue-backup.B2_KEY_ID: is missing');
      expect(await secrets.values()).not.toHaveProperty(['kubernetes/honeydue-backup/B2_KEY_ID']);
    }));

  test('writes nothing where the editor fails', () =>
    withSecrets(async (secrets) => {
      const before = secrets.text();
      const { status, text } = await edit(secrets, `sed -i 's/REDIS/X/' "$1"; exit 1`);
      expect([status, text]).toEqual([
        2,
        expect.stringContaining('editor ended with exit code 1; nothing was written.'),
      ]);
      expect([secrets.text(), left()]).toEqual([before, []]);
    }));

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('leaves nothing after %s', (signal) =>
    withSecrets(async (secrets) => {
      const before = secrets.text();
      const { child, ended } = start(secrets, editor(secrets, 'exec sleep 60'));
      await waitFor(() => left().length > 0);
      child.kill(signal);
      await ended;
      expect([left(), secrets.text()]).toEqual([[], before]);
    }),
  );

  test('removes what a killed run left', () =>
    withSecrets(async (secrets) => {
      const { child, ended } = start(secrets, editor(secrets, 'exec sleep 2'));
      await waitFor(() => left().length > 0);
      child.kill('SIGKILL');
      await ended;
      expect(left()).toHaveLength(1);
      await edit(secrets, 'exit 0');
      expect(left()).toEqual([]);
    }));

  test('decrypts onto no disk', () =>
    withSecrets(async (secrets) => {
      const disk = join(root, 'build', 'no-memory');
      mkdirSync(disk, { recursive: true });
      const { status, stderr } = await secrets.secrets('edit', '--memory', disk);
      expect([status, stderr]).toEqual([
        2,
        `${disk} is not in memory, and secrets are decrypted only into memory. Pass the path of a tmpfs with --memory.\n`,
      ]);
      expect(readdirSync(disk)).toEqual([]);
    }));
});

async function waitFor(isTrue: () => boolean): Promise<void> {
  for (let attempt = 0; !isTrue(); attempt += 1) {
    if (attempt > 300) throw new Error('it does not happen');
    await wait(50);
  }
}

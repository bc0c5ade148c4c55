import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { recipientOf } from '../../../lib/operations/secrets/sops/data-key';
import { complete, withSecrets } from './secrets-of';

const redis = 'kubernetes/honeydue-secrets/REDIS_PASSWORD';
const without = (...paths: string[]) =>
  Object.fromEntries(Object.entries(complete).filter(([path]) => !paths.includes(path)));
const hex = /^[0-9a-f]{64}$/;

describe('secrets generate', () => {
  test('makes a file for the identities of the user, and all that can be made', () =>
    withSecrets(async ({ secrets, values, config }) => {
      const { status, stdout } = await secrets('generate');
      expect(status).toBe(0);
      const made = await values();
      expect(Object.keys(made)).toEqual([
        'kubernetes/honeydue-secrets/SECRET_KEY',
        redis,
        'kubernetes/cloudflare-origin-cert/tls.key',
        'operator/hash-key',
        'operator/backup-private-key',
      ]);
      expect(made[redis]).toMatch(hex);
      for (const value of Object.values(made)) expect(stdout).not.toContain(value);
      const { edge, workloads } = loadConfiguration(config).deployment;
      expect(edge?.cloudflare?.certificateRequest).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n/);
      expect(workloads['postgres-backup']).toMatchObject({
        publicKey: await recipientOf(made['operator/backup-private-key'] ?? ''),
      });
    }, null));

  test('makes an identity where the user has none, for this user alone', () =>
    withSecrets(async ({ secrets, directory }) => {
      delete process.env['SOPS_AGE_KEY'];
      const { stdout } = await secrets('generate');
      const file = join(directory, 'xdg', 'sops', 'age', 'keys.txt');
      expect(stdout).toContain(`${file}: a new age identity. Keep a copy on another machine`);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const identity = readFileSync(file, 'utf8').split('\n')[1] ?? '';
      expect(stdout).not.toContain(identity);
      expect(await secrets('check')).toMatchObject({ stdout: expect.stringContaining('values checked') });
    }, null));

  test('adds the identity to a key file that has none', () =>
    withSecrets(async ({ secrets, directory }) => {
      delete process.env['SOPS_AGE_KEY'];
      const file = join(directory, 'keys.txt');
      process.env['SOPS_AGE_KEY_FILE'] = file;
      writeFileSync(file, '# half of a file');
      expect(await secrets('generate')).toMatchObject({ status: 0 });
      expect(readFileSync(file, 'utf8')).toMatch(/^# half of a file\n# public key: age1\w+\nAGE-SECRET-KEY-/);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }, null));

  test('encrypts a new file for the recipients that are named', () =>
    withSecrets(async ({ secrets, text, identity }) => {
      const recipient = (await recipientOf(identity)) ?? '';
      await secrets('generate', '--recipient', recipient);
      expect(text()).toContain(`recipient: ${recipient}`);
    }, null));

  test('refuses what is no recipient', () =>
    withSecrets(async ({ secrets }) => {
      expect(await secrets('generate', '--recipient', 'age1x')).toMatchObject({
        status: 2,
        stderr: 'age1x is not an age recipient; age-keygen -y prints the recipient of an identity file.\n',
      });
    }, null));

  test('changes nothing that is there, to the byte', () =>
    withSecrets(async ({ secrets, text }) => {
      const before = text();
      const { stdout } = await secrets('generate', '--format', 'json');
      // The backup's key pair is the one thing that the file lacks.
      expect(JSON.parse(stdout)).toMatchObject({ made: ['operator.backup-private-key'] });
      const lines = (all: string) => all.split('\n').filter((line) => /^ {4}\S+: ENC/.test(line));
      expect(lines(text())).toEqual(lines(before));
    }));

  test('makes a missing value, and keeps the others', () =>
    withSecrets(async ({ secrets, values }) => {
      await secrets('generate');
      const after = await values();
      expect(after[redis]).toMatch(hex);
      expect(after).toMatchObject(without(redis));
    }, without(redis)));

  test('makes no key for a certificate that is there', () =>
    withSecrets(async ({ secrets, values }) => {
      await secrets('generate');
      expect(await values()).not.toHaveProperty(['kubernetes/cloudflare-origin-cert/tls.key']);
    }, without('kubernetes/cloudflare-origin-cert/tls.key')));

  test('makes a value anew where asked', () =>
    withSecrets(async ({ secrets, values }) => {
      await secrets('generate', '--rotate', 'honeydue-secrets.REDIS_PASSWORD');
      const { [redis]: password = '', ...others } = await values();
      expect(password).toMatch(hex);
      expect(password).not.toBe(complete[redis]);
      expect(others).toMatchObject(without(redis));
    }));

  test('refuses to make what another service gives out', () =>
    withSecrets(async ({ secrets }) => {
      const { status, stderr } = await secrets('generate', '--rotate', 'honeydue-secrets.POSTGRES_PASSWORD');
      expect(status).toBe(2);
      expect(stderr).toBe(
        'honeydue-secrets.POSTGRES_PASSWORD can\'t be generated. Values that can: honeydue-secrets.SECRET_KEY, honeydue-secrets.REDIS_PASSWORD, cloudflare-origin-cert["tls.key"], operator.hash-key, operator.k3s-token, operator.backup-private-key. Set all others with npx honeydue secrets edit.\n',
      );
    }));

  test('makes the token of a cluster that is still to start', () =>
    withSecrets(
      async ({ secrets, values }) => {
        await secrets('generate');
        expect((await values())['operator/k3s-token']).toMatch(hex);
      },
      complete,
      [['  initialised: true', '  initialised: false']],
    ));

  test('publishes what a killed run made', () =>
    withSecrets(async ({ secrets, config, values }) => {
      const { stdout } = await secrets('generate', '--format', 'json');
      expect(JSON.parse(stdout)).toMatchObject({
        published: ['edge.cloudflare.certificateRequest', 'workloads.postgres-backup.publicKey'],
      });
      expect(loadConfiguration(config).deployment.edge?.cloudflare?.certificateRequest).toMatch(
        /^-----BEGIN/,
      );
      expect(await values()).toMatchObject(complete);
    }));

  test('needs the key of a file that is there', () =>
    withSecrets(async ({ secrets, text }) => {
      const before = text();
      delete process.env['SOPS_AGE_KEY'];
      const { status, stderr } = await secrets('generate');
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /secrets\.sops\.yaml: no age identity was found\. Set SOPS_AGE_KEY_FILE to the key file of one of the recipients \(age1[a-z0-9]+\)\.\n$/,
      );
      expect(text()).toBe(before);
    }, without(redis)));
});

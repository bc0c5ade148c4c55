import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { recipientOf } from '../../../lib/operations/secrets/sops/data-key';
import { available } from '../../support/programs';
import { complete, withSecrets } from './secrets-of';
import { canBuildSops, sopsProgram } from './sops';

const flat = (tree: Record<string, Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(tree).flatMap(([section, names]) =>
      Object.entries(names).flatMap(([name, value]) =>
        typeof value === 'object'
          ? Object.entries(value as object).map(([key, inner]) => [`${section}/${name}/${key}`, inner])
          : [[`${section}/${name}`, value]],
      ),
    ),
  );

(canBuildSops ? describe : describe.skip)('the real sops', () => {
  let program: string;
  beforeAll(() => {
    program = sopsProgram();
  }, 30 * 60_000);

  const sops = (identity: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', SOPS_AGE_KEY: identity },
    });
    return { status, stdout, stderr };
  };

  test('decrypts what we wrote', () =>
    withSecrets(async ({ identity, file }) => {
      const { status, stdout, stderr } = sops(identity, 'decrypt', file);
      expect([status, stderr]).toEqual([0, '']);
      expect(flat(parse(stdout))).toEqual(complete);
    }));

  test('decrypts what we changed', () =>
    withSecrets(async ({ identity, file, secrets, values }) => {
      await secrets('generate', '--rotate', 'honeydue-secrets.REDIS_PASSWORD');
      const { stdout } = sops(identity, 'decrypt', file);
      expect(flat(parse(stdout))).toEqual(await values());
    }));

  test('sets a value, and we read it', () =>
    withSecrets(async ({ identity, file, values, secrets }) => {
      const path = '["kubernetes"]["honeydue-secrets"]["SECRET_KEY"]';
      expect(sops(identity, 'set', file, path, '"a text with ümlauts, and more"').status).toBe(0);
      expect((await values())['kubernetes/honeydue-secrets/SECRET_KEY']).toBe(
        'a text with ümlauts, and more',
      );
      expect(await secrets('check')).toMatchObject({ status: 0 });
    }));

  test('encrypts values of every type and comments, and we read them', () =>
    withSecrets(async ({ identity, directory, file, values }) => {
      const plain = join(directory, 'plain.yaml');
      writeFileSync(
        plain,
        'kubernetes:\n  a: # why\n    text: x\n    number: 12\n    float: 1.5\n    flag: true\n    none: ""\n    lines: |\n      one\n      two\n',
      );
      const recipient = (await recipientOf(identity)) ?? '';
      const { stdout } = sops(identity, 'encrypt', '--age', recipient, plain);
      writeFileSync(file, stdout);
      const expected = { text: 'x', number: '12', float: '1.5', flag: 'true', none: '', lines: 'one\ntwo\n' };
      expect(await values()).toEqual(
        Object.fromEntries(Object.entries(expected).map(([key, value]) => [`kubernetes/a/${key}`, value])),
      );
    }, null));

  test.each<[string, (text: string) => string]>([
    ['a value that was removed', (text) => text.replace(/^ {4}REDIS_PASSWORD: .*\n/m, '')],
    ['another time', (text) => text.replace(/lastmodified: "20../, 'lastmodified: "210')],
  ])('refuses what we refuse: %s', (_, change) =>
    withSecrets(async ({ identity, file, replaceText, secrets }) => {
      replaceText(change);
      expect(sops(identity, 'decrypt', file).status).not.toBe(0);
      expect(await secrets('check')).toMatchObject({ status: 1 });
    }),
  );

  test('adds a recipient, who decrypts what we write next', () =>
    withSecrets(async ({ identity, file, secrets, directory }) => {
      const other = join(directory, 'other.txt');
      execFileSync('age-keygen', ['-o', other], { stdio: 'ignore' });
      const recipient = /age1\w+/.exec(readFileSync(other, 'utf8'))?.[0] ?? '';
      expect(sops(identity, 'rotate', '--in-place', '--add-age', recipient, file).status).toBe(0);
      await secrets('generate', '--rotate', 'honeydue-secrets.SECRET_KEY');
      const key = readFileSync(other, 'utf8').split('\n').at(-2) ?? '';
      expect(sops(key, 'decrypt', file).status).toBe(0);
    }));
});

(available('openssl') ? test : test.skip)('openssl verifies the certificate request that is generated', () =>
  withSecrets(async ({ config, secrets, values, directory }) => {
    await secrets('generate');
    const { edge } = parse(readFileSync(config, 'utf8')) as {
      edge: { cloudflare: { certificateRequest: string } };
    };
    const openssl = (...args: string[]) =>
      spawnSync('openssl', args, { encoding: 'utf8', input: edge.cloudflare.certificateRequest });
    const verified = openssl('req', '-verify', '-noout', '-subject');
    expect(verified.stdout + verified.stderr).toMatch(/verify OK/i);
    expect(verified.stdout).toMatch(/CN\s*=\s*myhoneydue\.com/);
    const key = join(directory, 'key.pem');
    writeFileSync(key, (await values())['kubernetes/cloudflare-origin-cert/tls.key'] ?? '', { mode: 0o600 });
    expect(openssl('req', '-noout', '-pubkey').stdout).toBe(openssl('pkey', '-in', key, '-pubout').stdout);
  }, null),
);

(available('age') ? test : test.skip)(
  'age decrypts with the private key of the backup what its public key encrypted',
  () =>
    withSecrets(async ({ config, secrets, values, directory }) => {
      await secrets('generate');
      const { workloads } = parse(readFileSync(config, 'utf8')) as {
        workloads: { 'postgres-backup': { publicKey: string } };
      };
      const key = join(directory, 'key.txt');
      writeFileSync(key, (await values())['operator/backup-private-key'] ?? '', { mode: 0o600 });
      const dump = execFileSync('age', ['-r', workloads['postgres-backup'].publicKey], { input: 'a dump' });
      expect(execFileSync('age', ['-d', '-i', key], { input: dump }).toString()).toBe('a dump');
    }, null),
);

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCertificateKey } from '../../../lib/operations/secrets/certificate-request';
import { certificateOf } from './certificate';
import { complete, hosts, key, withSecrets } from './secrets-of';

const password = 'kubernetes/honeydue-secrets/REDIS_PASSWORD';
const without = (...paths: string[]) =>
  Object.fromEntries(Object.entries(complete).filter(([path]) => !paths.includes(path)));
const later = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000);

describe('a complete file', () => {
  test('has no problem', () =>
    withSecrets(async ({ secrets }) => {
      const { status, stdout, stderr } = await secrets('check');
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/secrets\.sops\.yaml: 11 values, no problems \(names and values checked\)\.\n$/);
    }));

  test('has no problem without the key, and says that values were not looked at', () =>
    withSecrets(async ({ secrets }) => {
      delete process.env['SOPS_AGE_KEY'];
      const { status, stdout } = await secrets('check');
      expect(status).toBe(0);
      expect(stdout).toContain(
        'names checked; to check the values, set SOPS_AGE_KEY_FILE to an age identity',
      );
    }));

  test('prints JSON for programs', () =>
    withSecrets(async ({ secrets }) => {
      const { stdout } = await secrets('check', '--format', 'json');
      expect(JSON.parse(stdout)).toMatchObject({ problems: [], isOpened: true, values: 11 });
    }));
});

describe('names are checked without the key', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'one that is missing',
      without('kubernetes/honeydue-backup/B2_KEY_ID'),
      "kubernetes.honeydue-backup.B2_KEY_ID: is missing; add it with npx honeydue secrets edit (what it is for: the id of an application key that may only write to the backup's bucket)",
    ],
    [
      'one that can be made',
      without(password),
      'REDIS_PASSWORD: is missing; npx honeydue secrets generate creates it',
    ],
    [
      'one without a value',
      { ...complete, [password]: '' },
      'REDIS_PASSWORD: is empty; npx honeydue secrets generate creates it',
    ],
    [
      'a key too many',
      { ...complete, 'kubernetes/honeydue-backup/B2_KEY': 'x' },
      'kubernetes.honeydue-backup.B2_KEY: the configuration declares no such key of honeydue-backup; did you mean "B2_KEY_ID"?',
    ],
    [
      'a Secret too many',
      { ...complete, 'kubernetes/honeydue-secret/A': 'x' },
      'kubernetes.honeydue-secret.A: the configuration declares no Secret honeydue-secret; did you mean "honeydue-secrets"?',
    ],
    [
      'a section too many',
      { ...complete, 'kubernets/a/b': 'x' },
      'kubernets.a.b: must be below kubernetes or operator; did you mean "kubernetes"?',
    ],
    [
      'a key of the operator too many',
      { ...complete, 'operator/token': 'x' },
      'operator.token: is not a known key; the section operator may have hash-key, k3s-token, backup-private-key',
    ],
    [
      'a value that is too deep',
      { ...complete, 'kubernetes/honeydue-backup/B2_KEY_ID/a': 'x' },
      'must be a string below the name of its Secret, as KEY: value',
    ],
    [
      'a name that SOPS leaves in plain text',
      { ...complete, 'kubernetes/honeydue-secrets/A_unencrypted': 'x' },
      'has a key that ends with _unencrypted, and SOPS does not encrypt values below such a key; rename the key',
    ],
  ])('%s', (_, values, message) =>
    withSecrets(async ({ secrets }) => {
      delete process.env['SOPS_AGE_KEY'];
      const { status, stderr } = await secrets('check');
      expect(status).toBe(1);
      expect(stderr).toContain(message);
    }, values),
  );

  test('a key of a Secret with unresolved others is no problem', () =>
    withSecrets(async ({ secrets }) => expect(await secrets('check')).toMatchObject({ status: 0 }), {
      ...complete,
      'kubernetes/honeydue-secrets/SMTP_PASSWORD': 'fm_9sQ2xLk7Vb3T',
    }));
});

describe('values are checked with the key', () => {
  const certificate = 'kubernetes/cloudflare-origin-cert/tls.crt';
  const p8 = 'kubernetes/honeydue-apns-key/apns_auth_key.p8';
  const pull = 'kubernetes/gitea-credentials/.dockerconfigjson';
  const good = later(3650);
  test.each<[string, string, string, string]>([
    ['a certificate in another form', certificate, 'x', 'is not a certificate in PEM; copy the whole file'],
    [
      'a certificate of another key',
      certificate,
      certificateOf(createCertificateKey(), hosts, good),
      'does not belong to tls.key; request a certificate for that key, or restore the key of this certificate',
    ],
    [
      'a certificate that lacks hosts',
      certificate,
      certificateOf(key, hosts.slice(0, 3), good),
      'does not cover myhoneydue.com; request a certificate for all hosts (docs/terraform.md)',
    ],
    [
      'a certificate that expired',
      certificate,
      certificateOf(key, hosts, new Date('2026-01-02T00:00:00Z')),
      'expired on 2026-01-02; request a new certificate',
    ],
    [
      'a certificate that is about to expire',
      certificate,
      certificateOf(key, hosts, later(12.5)),
      ', in 12 days; request a new certificate',
    ],
    [
      'a key in another form',
      p8,
      'MIGT',
      'apns_auth_key.p8"]: is not a private key in PEM; copy the whole file, with its BEGIN and END lines',
    ],
    ['a certificate in place of a key', p8, certificateOf(key, hosts, good), 'is not a private key in PEM'],
    ['pull credentials in another form', pull, 'deploy:x', 'is not JSON; it must be {"auths":{'],
    ['pull credentials without auths', pull, '{}', 'has no auths; it must be {"auths":{'],
    [
      'pull credentials of another registry',
      pull,
      '{"auths":{"ghcr.io":{}}}',
      'has no credentials for gitea.treytartt.com; add them under auths',
    ],
    [
      'pull credentials without a password',
      pull,
      '{"auths":{"gitea.treytartt.com":{"username":"a"}}}',
      'the password of gitea.treytartt.com is missing',
    ],
    ['a placeholder', password, 'changeme123', 'REDIS_PASSWORD: is a placeholder; set the real value'],
    ['another placeholder', password, '<your password>', 'is a placeholder; set the real value'],
    [
      'a short password',
      password,
      'Tr0ub4dor&3',
      'is shorter than 16 characters; generate a random value with openssl rand -hex 32',
    ],
    [
      'a password of few characters',
      password,
      'abababababababababab',
      'consists of only a few different characters; generate a random value',
    ],
    [
      'a password with a line break at its end',
      password,
      `${complete[password]}\n`,
      'starts or ends with white space, which programs read as part of the value',
    ],
    [
      'a password of two lines',
      password,
      `${complete[password]}\n${complete[password]}`,
      'contains a line break or a control character; write the value on one line',
    ],
  ])('%s', (_, path, value, message) =>
    withSecrets(
      async ({ secrets }) => {
        const { status, stderr, stdout } = await secrets('check');
        expect([status, stderr.includes(message) || stderr]).toEqual([1, true]);
        if (value.length > 3) expect(stdout + stderr).not.toContain(value.trim());
      },
      { ...complete, [path]: value },
    ),
  );

  test('a password that another service gave out is as long as it is', () =>
    withSecrets(async ({ secrets }) => expect(await secrets('check')).toMatchObject({ status: 0 }), {
      ...complete,
      'kubernetes/honeydue-backup/B2_APPLICATION_KEY': 'K005xPz7Qm',
    }));
});

describe('a file that was changed by hand is refused', () => {
  const line = /^ {4}REDIS_PASSWORD: (ENC\[.*\])$/m;
  const encrypted = (text: string, name: string) =>
    new RegExp(`^ {4}${name}: (ENC.*)$`, 'm').exec(text)?.[1] ?? '';
  test.each<[string, (text: string) => string, RegExp]>([
    [
      'a value in plain text',
      (text) => text.replace(line, '    REDIS_PASSWORD: hunter2hunter2'),
      /REDIS_PASSWORD: is not encrypted; restore the file from git\n/,
    ],
    [
      'a value of another key',
      (text) => text.replace(line, () => `    REDIS_PASSWORD: ${encrypted(text, 'SECRET_KEY')}`),
      /REDIS_PASSWORD: can't be decrypted: the value was changed, or moved from another key; restore the file from git\n/,
    ],
    [
      'a value with another byte',
      (text) =>
        text.replace(
          /(REDIS_PASSWORD: ENC\[AES256_GCM,data:)(.)/,
          (_, head: string, first: string) => head + (first === 'A' ? 'B' : 'A'),
        ),
      /REDIS_PASSWORD: can't be decrypted/,
    ],
    [
      'a value that was removed',
      (text) => text.replace(line, ''),
      /:1:1 the MAC does not match: values were added, removed or moved by another program than SOPS; restore/,
    ],
    [
      'a value that was emptied',
      (text) => text.replace(line, '    REDIS_PASSWORD: ""'),
      /the MAC does not match/,
    ],
    [
      'another time',
      (text) => text.replace(/lastmodified: "20../, 'lastmodified: "210'),
      /the MAC does not match/,
    ],
    [
      'a MAC that is no text',
      (text) => text.replace(/^ {2}mac: .*$/m, '  mac: 1'),
      /sops\.mac or sops\.lastmodified is missing; restore the file from git/,
    ],
    [
      'a setting that weakens it',
      (text) => `${text}  mac_only_encrypted: true\n`,
      /sops\.mac_only_encrypted is set, but every value of this file must be encrypted, with age/,
    ],
    [
      'no recipient',
      (text) => text.replace(/ {2}age:[\s\S]*?(?= {2}lastmodified)/, '  age: []\n'),
      /sops\.age has no recipient/,
    ],
    [
      'no metadata',
      (text) => text.replace(/^sops:[\s\S]*/m, ''),
      /has encrypted values, but no section `sops`, so its end is missing; restore it from git/,
    ],
    ['a list', (text) => `${text}other: [1]\n`, /other: is a list; it must be a string/],
    [
      'no YAML',
      (text) => `${text}a: "b\n`,
      /is not valid YAML \(MISSING_CHAR\); put quotes around the value/,
    ],
  ])('%s', (_, change, message) =>
    withSecrets(async ({ secrets, replaceText }) => {
      replaceText(change);
      const { status, stderr } = await secrets('check');
      expect(status).not.toBe(0);
      expect(stderr).toMatch(message);
      expect(stderr).not.toContain('hunter2');
    }),
  );
});

describe('a file in plain text', () => {
  const plain = 'kubernetes:\n  honeydue-secrets:\n    REDIS_PASSWORD: hunter2hunter2hunter2\n';

  test('is read where git ignores it, with a warning', () =>
    withSecrets(async ({ secrets, directory }) => {
      execFileSync('git', ['init', '--quiet'], { cwd: directory });
      writeFileSync(join(directory, '.gitignore'), 'secrets.yaml\n');
      writeFileSync(join(directory, 'secrets.yaml'), plain);
      const { stdout, stderr } = await secrets('check');
      expect(stdout).toContain(
        'secrets.yaml contains secrets in plain text. To encrypt and then remove it: npx honeydue secrets encrypt',
      );
      expect(stderr).toContain('SECRET_KEY: is missing');
    }, null));

  test('is refused where git could commit it', () =>
    withSecrets(async ({ secrets, directory }) => {
      execFileSync('git', ['init', '--quiet'], { cwd: directory });
      writeFileSync(join(directory, 'secrets.yaml'), plain);
      const { status, stderr } = await secrets('check');
      expect(status).toBe(1);
      expect(stderr).toContain(
        'contains secrets in plain text, and git does not ignore it; add secrets.yaml to .gitignore',
      );
    }, null));

  test('is named next to an encrypted one, and not read', () =>
    withSecrets(async ({ secrets, directory }) => {
      writeFileSync(join(directory, 'secrets.yaml'), plain);
      const { status, stdout } = await secrets('check');
      expect(status).toBe(0);
      expect(stdout).toContain('secrets.yaml contains secrets in plain text, and it is not used: remove it.');
    }));
});

test('a file that is not there is named, with the command that makes it', () =>
  withSecrets(async ({ secrets }) => {
    expect(await secrets('check')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /secrets\.sops\.yaml does not exist; create it: npx honeydue secrets generate\n$/,
      ),
    });
  }, null));

describe('a secrets file that is none is refused', () => {
  test.each<[string, (text: string) => string, string]>([
    [
      'that is empty',
      () => '',
      'is empty; restore it from git, or remove it and run npx honeydue secrets generate',
    ],
    ['in plain text', () => 'kubernetes: { a: { b: c } }\n', 'is not encrypted, although its name says so'],
  ])('%s', (_, change, message) =>
    withSecrets(async ({ secrets, replaceText }) => {
      replaceText(change);
      expect(await secrets('check')).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
    }),
  );

  test('in the form of a directory', () =>
    withSecrets(async ({ secrets, file }) => {
      rmSync(file);
      mkdirSync(file);
      expect(await secrets('check')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('is a directory; name a YAML file'),
      });
    }));

  test('a key file that can not be read is named', () =>
    withSecrets(async ({ secrets, directory }) => {
      process.env['SOPS_AGE_KEY_FILE'] = directory;
      expect(await secrets('check')).toMatchObject({
        status: 2,
        stderr: `${directory} can't be read (EISDIR); it must be a file with age identities.\n`,
      });
    }));
});

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCertificateKey } from '../../../lib/operations/secrets/certificate-request';
import type { SecretLeaf } from '../../../lib/operations/secrets/secret-leaf';
import { createSecretsFile, readSecretsFile } from '../../../lib/operations/secrets/secrets-file';
import { createIdentity, recipientOf } from '../../../lib/operations/secrets/sops/data-key';
import { type Run, runLive } from '../../support/command';
import { type Edit, edited, withDirectoryFor, writeConfiguration } from '../../support/configuration';
import { certificateOf } from './certificate';

export const hosts = ['admin.myhoneydue.com', 'api.myhoneydue.com', 'app.myhoneydue.com', 'myhoneydue.com'];
export const key = createCertificateKey();
const registry = 'gitea.treytartt.com';

/** A value for each key of production's contract. Each is well-formed, and made for this run. */
export const complete: Readonly<Record<string, string>> = {
  'kubernetes/honeydue-secrets/POSTGRES_PASSWORD': 'npg_4fK9sLq2XbTz',
  'kubernetes/honeydue-secrets/SECRET_KEY': 'b7e1'.concat('0c52d9f3a6'.repeat(6)),
  'kubernetes/honeydue-secrets/REDIS_PASSWORD': '9a3f'.concat('c1d07e52b8'.repeat(6)),
  'kubernetes/honeydue-apns-key/apns_auth_key.p8': createCertificateKey(),
  'kubernetes/honeydue-backup/POSTGRES_PASSWORD': 'npg_h2Vw8RmYc3Jd',
  'kubernetes/honeydue-backup/B2_KEY_ID': '0054f7a1b2c3d4e0000000001',
  'kubernetes/honeydue-backup/B2_APPLICATION_KEY': 'K005xPz7Qm2LsVbn4TgYhR9aWdEfCjU',
  'kubernetes/gitea-credentials/.dockerconfigjson': JSON.stringify({
    auths: { [registry]: { username: 'deploy', password: '1f4e8c0b7d2a9563' } },
  }),
  'kubernetes/cloudflare-origin-cert/tls.crt': certificateOf(key, hosts, new Date('2040-01-01T00:00:00Z')),
  'kubernetes/cloudflare-origin-cert/tls.key': key,
  'operator/hash-key': 'd41a'.concat('7b3e9f08c5'.repeat(6)),
};

export const leavesOf = (values: Readonly<Record<string, string>>): SecretLeaf[] =>
  Object.entries(values).map(([path, value]) => ({ path: path.split('/'), value }));

/** A configuration with an encrypted secrets file, and the key that decrypts it. */
export interface SecretsCase {
  readonly config: string;
  readonly directory: string;
  readonly file: string;
  readonly identity: string;
  /** `honeydue secrets …`, on this configuration. */
  readonly secrets: (...args: string[]) => Promise<Run>;
  readonly text: () => string;
  readonly replaceText: (change: (text: string) => string) => void;
  readonly values: () => Promise<Readonly<Record<string, string>>>;
}

const variables = ['SOPS_AGE_KEY', 'SOPS_AGE_KEY_FILE', 'XDG_CONFIG_HOME'] as const;

/** Runs `use` where SOPS_AGE_KEY decrypts the file, and no key of this machine's user is found. */
export async function withSecrets(
  use: (secrets: SecretsCase) => Promise<void>,
  values: Readonly<Record<string, string>> | null = complete,
  edits: readonly Edit[] = [],
): Promise<void> {
  const before = variables.map((name) => process.env[name]);
  const identity = await createIdentity();
  try {
    await withDirectoryFor(async (directory) => {
      const config = writeConfiguration(directory, edited(edits));
      process.env['SOPS_AGE_KEY'] = identity;
      delete process.env['SOPS_AGE_KEY_FILE'];
      process.env['XDG_CONFIG_HOME'] = join(directory, 'xdg');
      if (values !== null)
        (await createSecretsFile(config, [(await recipientOf(identity)) ?? ''])).write(leavesOf(values));
      const file = join(dirname(config), 'secrets.sops.yaml');
      const text = () => readFileSync(file, 'utf8');
      await use({
        ...{ config, directory, file, identity, text },
        secrets: (...args) => runLive('secrets', ...args, '--config', config),
        replaceText: (change) => writeFileSync(file, change(text())),
        values: async () => {
          const { opened = [] } = await readSecretsFile(config, { needsKey: true });
          return Object.fromEntries(opened.map(({ path, value }) => [path.join('/'), value]));
        },
      });
    });
  } finally {
    for (const [index, name] of variables.entries()) {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    }
  }
}

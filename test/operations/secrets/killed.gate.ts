import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { recipientOf } from '../../../lib/operations/secrets/sops/data-key';
import { killAtEachStep } from '../support/killed-run';
import { type SecretsCase, withSecrets } from './secrets-of';
import { withKubectl } from './stand-in-kubectl';

const backupKey = 'operator/backup-private-key';
const publicKeyOf = ({ config }: SecretsCase) =>
  loadConfiguration(config).deployment.workloads['postgres-backup'] as { readonly publicKey: unknown };

describe('a run that is killed leaves configuration, secrets file and key file whole, and a second run finishes it', () => {
  test(
    'secrets generate, which also makes the identity',
    () =>
      withSecrets(async (each) => {
        const { directory, config, file, secrets, values } = each;
        const keyFile = join(directory, 'xdg', 'sops', 'age', 'keys.txt');
        const before = readFileSync(config, 'utf8');
        const steps = await killAtEachStep({
          directory,
          words: ['secrets', 'generate', '--config', config],
          prepare: () => {
            delete process.env['SOPS_AGE_KEY'];
            writeFileSync(config, before);
            for (const made of [file, keyFile]) rmSync(made, { force: true });
          },
          check: async () => {
            expect(() => loadConfiguration(config)).not.toThrow();
            if (existsSync(keyFile))
              expect(readFileSync(keyFile, 'utf8')).toMatch(/^# public key: age1\w+\nAGE-SECRET-KEY-\w+\n$/);
            // The MAC covers all values, so a part of a file is not opened.
            if (existsSync(file)) expect(Object.keys(await values())).toContain(backupKey);
            // A public half is stated only after its private half is kept.
            else expect(readFileSync(config, 'utf8')).toBe(before);
          },
          finish: async () => {
            expect(await secrets('generate')).toMatchObject({ status: 0, stderr: '' });
            const key = (await values())[backupKey] ?? '';
            expect(publicKeyOf(each).publicKey).toBe(await recipientOf(key));
          },
        });
        expect(steps).toBe(6);
      }, null),
    240_000,
  );

  test(
    'secrets generate --rotate',
    () =>
      withSecrets(async ({ directory, config, file, secrets, values, text }) => {
        await secrets('generate');
        const [before, path] = [text(), 'kubernetes/honeydue-secrets/REDIS_PASSWORD'];
        const old = (await values())[path];
        const rotate = ['generate', '--rotate', 'honeydue-secrets.REDIS_PASSWORD'];
        const steps = await killAtEachStep({
          directory,
          words: ['secrets', ...rotate, '--config', config],
          prepare: () => writeFileSync(file, before),
          check: () => expect(text()).toBe(before),
          finish: async () => {
            expect(await secrets(...rotate)).toMatchObject({ status: 0, stderr: '' });
            expect((await values())[path]).not.toBe(old);
          },
        });
        expect(steps).toBe(2);
      }),
    240_000,
  );

  test(
    'secrets apply',
    () =>
      withSecrets((each) =>
        withKubectl(each, async () => {
          const { directory, config, secrets } = each;
          const state = join(directory, 'state');
          const revision = () => loadConfiguration(config).deployment.secrets['honeydue-secrets']?.revision;
          await secrets('apply', '--yes');
          await secrets('generate', '--rotate', 'honeydue-secrets.SECRET_KEY');
          const [before, running] = [readFileSync(config, 'utf8'), readFileSync(state, 'utf8')];
          const steps = await killAtEachStep({
            directory,
            words: ['secrets', 'apply', '--yes', '--config', config],
            prepare: () => {
              writeFileSync(config, before);
              writeFileSync(state, running);
            },
            check: () => expect([readFileSync(config, 'utf8'), revision()]).toEqual([before, 1]),
            finish: async () => {
              expect(await secrets('apply', '--yes')).toMatchObject({ status: 0, stderr: '' });
              expect(revision()).toBe(2);
              expect(readFileSync(state, 'utf8')).toContain('"honeydue/secret-revision":"2"');
            },
          });
          expect(steps).toBe(2);
        }),
      ),
    240_000,
  );
});

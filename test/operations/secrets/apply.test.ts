import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Deployment } from '../../../lib/deployment/config/schema/schema';
import { complete, type SecretsCase, withSecrets } from './secrets-of';
import { withKubectl } from './stand-in-kubectl';

const revisionOf = ({ config }: SecretsCase, name: string) =>
  (parse(readFileSync(config, 'utf8')) as Deployment).secrets[name]?.revision;
const without = (path: string) =>
  Object.fromEntries(Object.entries(complete).filter(([each]) => each !== path));

describe('secrets apply', () => {
  test('streams the values to kubectl, and puts none into its arguments', () =>
    withSecrets((each) =>
      withKubectl(each, async ({ calls }) => {
        const { status, stdout, stderr } = await each.secrets('apply', '--yes', '--context', 'production');
        expect([status, stderr]).toEqual([0, '']);
        const apply = calls().find(({ args }) => args.includes('apply'));
        expect(apply?.args).toEqual([
          ...['--context=production', 'apply', '--server-side', '--field-manager=honeydue', '-f', '-'],
        ]);
        const { items } = JSON.parse(apply?.input ?? '') as { items: { metadata: { name: string } }[] };
        expect(items.map(({ metadata }) => metadata.name)).toHaveLength(5);
        const shown = stdout + JSON.stringify(calls().map(({ args }) => args));
        for (const value of Object.values(complete)) expect(shown).not.toContain(value);
      }),
    ));

  test('changes nothing without a confirmation', () =>
    withSecrets((each) =>
      withKubectl(each, async ({ calls }) => {
        const { status, stderr } = await each.secrets('apply');
        expect([status, stderr]).toEqual([1, 'No terminal to confirm on: add --yes. Nothing was changed.\n']);
        expect(calls().some(({ args }) => args.includes('apply'))).toBe(false);
      }),
    ));

  test('applies only what differs, and raises the revision of what running workloads read', () =>
    withSecrets((each) =>
      withKubectl(each, async ({ calls }) => {
        await each.secrets('apply', '--yes');
        expect(revisionOf(each, 'honeydue-secrets')).toBe(1);
        await each.secrets('generate', '--rotate', 'honeydue-secrets.SECRET_KEY');
        await each.secrets('apply', '--yes');
        const { items } = JSON.parse(calls().at(-1)?.input ?? '') as {
          items: { metadata: { name: string; annotations: Record<string, string> } }[];
        };
        expect(items.map(({ metadata }) => metadata.name)).toEqual(['honeydue-secrets']);
        expect(items[0]?.metadata.annotations).toMatchObject({ 'honeydue/secret-revision': '2' });
        expect(revisionOf(each, 'honeydue-secrets')).toBe(2);
      }),
    ));

  test('finishes a run that was killed before the configuration had the revision', () =>
    withSecrets((each) =>
      withKubectl(each, async () => {
        await each.secrets('apply', '--yes');
        await each.secrets('generate', '--rotate', 'honeydue-secrets.SECRET_KEY');
        const before = readFileSync(each.config, 'utf8');
        await each.secrets('apply', '--yes');
        const { writeFileSync } = await import('node:fs');
        writeFileSync(each.config, before);
        const { stdout } = await each.secrets('apply', '--yes');
        expect(stdout).toContain('secrets.honeydue-secrets.revision: 2');
        expect(revisionOf(each, 'honeydue-secrets')).toBe(2);
      }),
    ));

  test('prints what kubectl said, without a value', () =>
    withSecrets((each) =>
      withKubectl(each, async ({ fail }) => {
        fail('error: conflict with "kubectl-create" using v1: .data.REDIS_PASSWORD; read INPUT');
        const { status, stderr } = await each.secrets('apply', '--yes');
        expect(status).toBe(2);
        expect(stderr).toContain('.data.REDIS_PASSWORD');
        for (const value of Object.values(complete)) {
          expect(stderr).not.toContain(value);
          expect(stderr).not.toContain(Buffer.from(value).toString('base64'));
        }
      }),
    ));

  test('refuses a file that is not complete, before kubectl is asked', () =>
    withSecrets(
      (each) =>
        withKubectl(each, async ({ calls }) => {
          const { status, stderr } = await each.secrets('apply', '--yes');
          expect([status, calls()]).toEqual([1, []]);
          expect(stderr).toContain('kubernetes.honeydue-backup.B2_KEY_ID: is missing');
        }),
      without('kubernetes/honeydue-backup/B2_KEY_ID'),
    ));

  test('needs the key of the hashes', () =>
    withSecrets(
      (each) =>
        withKubectl(each, async () => {
          expect(await each.secrets('apply')).toMatchObject({
            status: 2,
            stderr:
              'operator.hash-key is missing, which is needed to compare Secrets; run npx honeydue secrets generate.\n',
          });
        }),
      without('operator/hash-key'),
    ));
});

describe('secrets status', () => {
  test('says what the cluster lacks, and what it has', () =>
    withSecrets((each) =>
      withKubectl(each, async ({ calls }) => {
        expect(await each.secrets('status')).toMatchObject({
          status: 1,
          stdout: expect.stringContaining('missing'),
        });
        await each.secrets('apply', '--yes');
        const { status, stdout } = await each.secrets('status');
        expect([status, stdout.match(/the same/g)]).toEqual([0, Array(5).fill('the same')]);
        // Neither a value nor an output format that has values is asked for.
        for (const { args } of calls().filter((call) => call.args.includes('get')))
          expect(args.find((word) => word.startsWith('go-template='))).not.toMatch(/\$value\}\}/);
      }),
    ));

  test('compares names only without the key', () =>
    withSecrets((each) =>
      withKubectl(each, async () => {
        await each.secrets('apply', '--yes');
        delete process.env['SOPS_AGE_KEY'];
        const { status, stdout } = await each.secrets('status');
        expect([status, stdout.includes('not compared: no age identity decrypts the file')]).toEqual([
          0,
          true,
        ]);
      }),
    ));
});

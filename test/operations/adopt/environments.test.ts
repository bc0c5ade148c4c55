import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { apiOf, runningObjects, secretLines } from './running-objects';
import { type AdoptCase, type ApiPaths, withAdoptCase } from './stand-in-cluster';

const objects = runningObjects();
/** The same objects in the namespace of staging. */
const api = JSON.parse(
  JSON.stringify(apiOf(objects)).replaceAll('/namespaces/honeydue/', '/namespaces/honeydue-staging/'),
) as ApiPaths;

/** Staging on the nodes of production, with an entry of its own for the tag of web. */
const staging = `# Staging runs next to production.
extends: production.yaml
namespace: honeydue-staging
adopt: null
hetzner: null
edge: { cloudflare: null }
metrics: { cluster: staging }
images:
  web: # what was built last
    tag:
      unresolved: ask staging
workloads:
  api: { hosts: [staging-api.myhoneydue.com] }
  admin: { hosts: [staging-admin.myhoneydue.com] }
  web: { hosts: [staging-app.myhoneydue.com] }
  postgres-backup: { bucket: { name: staging-dumps } }
promises: []
acknowledgements: []
`;

interface StagingCase extends AdoptCase {
  readonly file: string;
  readonly adoptStaging: (...args: string[]) => ReturnType<AdoptCase['adopt']>;
}

const withStaging = (use: (each: StagingCase) => Promise<void>, own = api) =>
  withAdoptCase({ api: own, secrets: secretLines(objects) }, async (each) => {
    const file = join(each.directory, 'staging.yaml');
    writeFileSync(file, staging);
    await use({ ...each, file, adoptStaging: (...args) => each.adopt(...args, '--config', file) });
  });

test('adopt fills in an environment, and leaves the file that it extends', () =>
  withStaging(async ({ adoptStaging, text, file }) => {
    const before = [text('production.yaml'), text('images.lock.yaml')];
    const { status, stderr } = await adoptStaging('--yes');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect([text('production.yaml'), text('images.lock.yaml')]).toEqual(before);
    const { images, workloads, secrets, config } = loadConfiguration(file, { allowExpired: true }).deployment;
    expect([images['web']?.tag, images['admin']?.tag]).toEqual(['9a1b2c3', '4c0ffee']);
    expect(workloads['worker']).toMatchObject({ user: 1000 });
    expect(workloads['api']).toMatchObject({
      environment: { B2_APPLICATION_KEY: { compose: '$(B2_KEY)' } },
      secrets: {
        'honeydue-secrets': { keys: expect.arrayContaining(['SECRET_KEY', 'B2_KEY', 'SMTP_PASSWORD']) },
      },
    });
    expect(secrets['honeydue-secrets']).not.toHaveProperty('others');
    expect(config.data).toMatchObject({ SMTP_PORT: '587' });
  }));

test('the comments of the environment stay', () =>
  withStaging(async ({ adoptStaging, file }) => {
    await adoptStaging('--yes');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('# Staging runs next to production.\nextends: production.yaml\n');
    expect(text).toContain('  web: # what was built last\n    tag: "9a1b2c3"\n');
  }));

test('digests are written into the lock file of the environment, with their tags', () =>
  withStaging(async ({ adoptStaging, text, file }) => {
    await adoptStaging('--yes');
    expect(text('staging.images.lock.yaml')).toContain(`redis:\n  digest: sha256:${'5'.repeat(64)}\n`);
    expect(loadConfiguration(file, { allowExpired: true }).lock['redis']).toEqual({
      tag: '7-alpine',
      digest: `sha256:${'5'.repeat(64)}`,
    });
  }));

test('the difference names each file', () =>
  withStaging(async ({ adoptStaging }) => {
    const { status, stdout } = await adoptStaging('--dry-run');
    const names = [...stdout.matchAll(/^\+\+\+ .*\/(\S+)$/gm)].map(([, name]) => name);
    expect([status, names]).toEqual([
      1,
      ['staging.cluster.lock.yaml', 'staging.yaml', 'staging.images.lock.yaml'],
    ]);
  }));

test('a second run has nothing to write', () =>
  withStaging(async ({ adoptStaging }) => {
    await adoptStaging('--yes');
    expect((await adoptStaging('--dry-run')).status).toBe(0);
  }));

test('a tag whose digest is not found has an entry in the lock file of the environment', () =>
  withStaging(
    async ({ adoptStaging, text, file }) => {
      await adoptStaging('--yes');
      expect(text('staging.images.lock.yaml')).toContain(
        'web: { tag: "9a1b2c3", digest: { unresolved: "npx honeydue pin web" } }\n',
      );
      expect(loadConfiguration(file, { allowExpired: true }).deployment.images['web']?.tag).toBe('9a1b2c3');
    },
    JSON.parse(JSON.stringify(api).replaceAll(/@sha256:\d+/g, '')) as ApiPaths,
  ));

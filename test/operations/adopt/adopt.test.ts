import { parse } from 'yaml';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { canary, formsOf } from '../../support/canary';
import { apiOf, podOf, runningObjects, secretLines } from './running-objects';
import { withAdoptCase } from './stand-in-cluster';

const deployment = (name: string, image: string) => ({
  metadata: { name, namespace: 'honeydue' },
  spec: {
    selector: { matchLabels: { 'app.kubernetes.io/name': name } },
    template: { spec: { containers: [{ name, image }] } },
  },
});
const digest = `sha256:${'a'.repeat(64)}`;
const web = {
  '/apis/apps/v1/namespaces/honeydue/deployments': {
    items: [deployment('web', `gitea.treytartt.com/admin/honeydue-web:9a1b2c3@${digest}`)],
  },
};

test('adopt fills a tag and its digest, and records the cluster', () =>
  withAdoptCase({ api: web }, async ({ adopt, text }) => {
    const { status, stdout, stderr } = await adopt('--yes');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('+    tag: "9a1b2c3"');
    expect(parse(text('production.yaml')).images.web.tag).toBe('9a1b2c3');
    expect(parse(text('images.lock.yaml')).web).toEqual({ tag: '9a1b2c3', digest });
    expect(parse(text('production.cluster.lock.yaml')).uid).toMatch(/^[0-9a-f-]{36}$/);
  }));

test('a dry run writes nothing, and fails while something could be filled in', () =>
  withAdoptCase({ api: web }, async ({ adopt, text }) => {
    const before = text('production.yaml');
    const { status, stdout } = await adopt('--dry-run');
    expect([status, text('production.yaml') === before, text('production.cluster.lock.yaml')]).toEqual([
      1,
      true,
      '',
    ]);
    expect(stdout).toContain(`+  digest: ${digest}`);
  }));

test('without --yes and a terminal nothing is written', () =>
  withAdoptCase({ api: web }, async ({ adopt, text }) => {
    const before = text('production.yaml');
    const { status, stderr } = await adopt();
    expect([status, stderr]).toEqual([1, 'No terminal to confirm on: add --yes. Nothing was written.\n']);
    expect(text('production.yaml')).toBe(before);
  }));

test('a second run has nothing to fill in', () =>
  withAdoptCase({ api: web }, async ({ adopt }) => {
    await adopt('--yes');
    expect((await adopt('--dry-run')).status).toBe(0);
  }));

const objects = runningObjects();
const everything = {
  api: apiOf(objects, [podOf('redis', 'redis-1', { user: { linux: { uid: 999 } } })]),
  secrets: secretLines(objects),
};

test('over what chapter 7 describes, the configuration is valid afterwards, and no secret is printed', () =>
  withAdoptCase(everything, async ({ adopt, text, config }) => {
    const { status, stdout, stderr } = await adopt('--yes', '--verbose');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { deployment, lock } = loadConfiguration(config, { allowExpired: true });
    expect(deployment.workloads['migration']).toMatchObject({ command: ['/app/honeydue', 'migrate', 'up'] });
    expect(deployment.secrets['honeydue-secrets']).not.toHaveProperty('others');
    expect(lock['vmagent']?.tag).toBe('v1.115.0');
    const written = [
      stdout,
      text('production.yaml'),
      text('images.lock.yaml'),
      text('calls'),
      text('requests'),
    ];
    expect(formsOf(canary).filter((form) => written.some((each) => each.includes(form)))).toEqual([]);
  }));

test('it asks for nothing but GET, and lists no Secret from the API server', () =>
  withAdoptCase(everything, async ({ adopt, requests }) => {
    await adopt('--dry-run');
    expect(requests().filter((each) => !each.startsWith('GET '))).toEqual([]);
    expect(requests().filter((each) => each.includes('secrets'))).toEqual([]);
  }));

test('json has what was found and what is left, each with a code', () =>
  withAdoptCase(everything, async ({ adopt }) => {
    const { stdout } = await adopt('--dry-run', '--format', 'json');
    const { filled, left, sources } = JSON.parse(stdout);
    expect(filled).toContainEqual({ path: 'workloads.redis.user', source: 'the cluster' });
    expect(left).toContainEqual(
      expect.objectContaining({
        path: 'cluster.registry.user',
        failures: [expect.objectContaining({ failure: 'unusable', source: 'the cluster' })],
      }),
    );
    expect(sources).toContainEqual({ name: 'the cluster' });
  }));

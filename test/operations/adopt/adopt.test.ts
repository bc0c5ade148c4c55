import { parse } from 'yaml';
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

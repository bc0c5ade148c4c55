import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { synthesize } from '../../../lib/cli/synthesize';
import { clusterNodes } from '../../../lib/deployment/config/cluster-nodes';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import type { Deployment, ImagesLock } from '../../../lib/deployment/config/schema/schema';
import { loadAdopted, planAdoption, writeAdoption } from '../../../lib/operations/adopt/adopt';
import { cloudflareSource } from '../../../lib/operations/adopt/cloudflare/source';
import { hetznerSource } from '../../../lib/operations/adopt/hetzner/source';
import { nodesSource } from '../../../lib/operations/adopt/nodes/source';
import { recordedCluster } from '../../../lib/operations/recorded-cluster';
import { createIdentity } from '../../../lib/operations/secrets/sops/data-key';
import { runningObjects } from '../../operations/adopt/running-objects';
import { cloudflareToken, runningZone, withCloudflare } from '../../operations/adopt/sources/cloudflare-case';
import { hetznerToken, runningProject, withHetzner } from '../../operations/adopt/sources/hetzner-case';
import { withNodes } from '../../operations/adopt/sources/nodes-case';
import { canary, formsOf } from '../../support/canary';
import { type Run, run as runCommand, runLive } from '../../support/command';
import { edited, fixtures } from '../../support/configuration';
import { StandInRegistry } from '../../support/registry/stand-in';
import { answerAsOperator, atRegistry } from '../operator-answers';
import { type Cluster, startCluster } from './servers/cluster';
import { kubectlOrThrow } from './servers/kubectl';

const directory = mkdtempSync(join(tmpdir(), 'honeydue-adopt-'));
const config = join(directory, 'production.yaml');
const printed: string[] = [];

const registry = new StandInRegistry();
let cluster: Cluster;
const variables = {
  KUBECONFIG: process.env['KUBECONFIG'],
  PATH: process.env['PATH'],
  SOPS_AGE_KEY: process.env['SOPS_AGE_KEY'],
};

beforeAll(async () => {
  cpSync(fixtures, directory, { recursive: true });
  // Pods of the lane have no network, so the API server must not be asked for their metrics.
  const histogram = /latencyHistogram:(.*\n) +unresolved:.*/;
  const text = readFileSync(config, 'utf8').replace(histogram, 'latencyHistogram: request_seconds');
  await registry.start();
  writeFileSync(config, edited(atRegistry(registry), text));
  cluster = await startCluster(clusterNodes(loadConfiguration(config, { allowExpired: true }).deployment));
  process.env['KUBECONFIG'] = cluster.kubeconfig;
  process.env['PATH'] = `${dirname(cluster.kubectl)}:${variables.PATH}`;
  await kubectlOrThrow(cluster, ['create', 'namespace', 'honeydue']);
  const items = runningObjects();
  await kubectlOrThrow(
    cluster,
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
  await kubectlOrThrow(cluster, [
    ...['patch', 'deployment', 'web', '-n', 'honeydue', '--field-manager=by-hand', '--type=merge'],
    ...['-p', '{"spec":{"replicas":2}}'],
  ]);
});

afterAll(async () => {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await cluster?.stop();
  await registry.stop();
  rmSync(directory, { recursive: true });
});

async function adopt(...args: string[]): Promise<Run> {
  const run = await runLive('adopt', '--config', config, ...args);
  printed.push(run.stdout, run.stderr);
  return run;
}

const stated = () => parse(readFileSync(config, 'utf8')) as Deployment;

test('a dry run lists what would be written, and who runs what is not described', async () => {
  const { status, stdout, stderr } = await adopt('--dry-run', '--verbose');
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toContain('+    tag: "9a1b2c3"');
  expect(stdout).toMatch(/NetworkPolicy honeydue\/allow-all-from-web \(kubectl-client-side-apply, 20\S+Z\)/);
  expect(stdout).toContain('to delete it: kubectl delete networkpolicy allow-all-from-web -n honeydue');
  expect(stdout).toContain('to delete it: kubectl delete ingress old-api -n honeydue');
  expect(stdout).toContain('to delete it: kubectl delete deployment debug-shell -n honeydue');
  expect(stdout).toContain('to delete it: kubectl delete job migrate-237c6b8 -n honeydue');
  expect(stdout).toMatch(/Deployment honeydue\/web spec\.replicas 2 -> 3 \(by-hand, 20\S+Z\)/);
  expect(stdout).not.toMatch(/kube-root-ca\.crt|ServiceAccount honeydue\/default|Pod honeydue/);
});

test('a user that nothing states is named with the command', async () => {
  expect(printed.join('')).toMatch(/workloads\.redis\.user: the cluster: deployment\/redis sets no uid/);
});

test('a run writes everything that the cluster knows', async () => {
  const { status, stderr } = await adopt('--yes');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { images, workloads, metrics, secrets, config: shared } = stated();
  expect([images['web']?.tag, images['vmagent']?.tag]).toEqual(['9a1b2c3', 'v1.115.0']);
  expect(workloads['migration']).toMatchObject({ command: ['/app/honeydue', 'migrate', 'up'] });
  expect(workloads['worker']).toMatchObject({
    user: 1000,
    files: { 'apns-key': { key: 'apns_auth_key.p8' } },
  });
  expect(workloads['api']).toMatchObject({
    environment: { B2_APPLICATION_KEY: { compose: '$(B2_KEY)' } },
    metrics: { path: '/api/metrics/' },
  });
  expect(metrics).toMatchObject({
    writePath: '/api/v1/write',
    token: { secret: 'metrics-token', key: 'token' },
  });
  expect(Object.keys(secrets['honeydue-secrets']?.keys ?? {})).toEqual(
    expect.arrayContaining(['SMTP_PASSWORD', 'B2_KEY']),
  );
  expect(shared.data).toMatchObject({ FEATURE_PUSH_ENABLED: 'true', SMTP_PORT: '587' });
  const lock = parse(readFileSync(join(directory, 'images.lock.yaml'), 'utf8')) as ImagesLock;
  expect(lock['web']).toEqual({ tag: '9a1b2c3', digest: `sha256:${'3'.repeat(64)}` });
  expect(recordedCluster(config)).toMatch(/^[0-9a-f-]{36}$/);
});

test('afterwards the configuration synthesizes, and a second run has nothing to write', async () => {
  expect(synthesize(config).model.namespace).toBe('honeydue');
  expect((await adopt('--dry-run')).status).toBe(0);
});

test('with the other sources and the answers of the operator, synth --strict passes', async () => {
  process.env['SOPS_AGE_KEY'] = await createIdentity();
  await withHetzner(runningProject(), (hetzner) =>
    withCloudflare([runningZone()], (cloudflare) =>
      withNodes(async (nodes) => {
        nodes.answer('cat', `ssh-ed25519 ${'A'.repeat(68)} operator\n`);
        nodes.answer('ufw', 'Status: active\n\n22,6443/tcp  ALLOW  84.20.10.0/24\n');
        const environment = { HCLOUD_TOKEN: hetznerToken, CLOUDFLARE_API_TOKEN: cloudflareToken };
        const run = { ...loadAdopted(config), config, ssh: true, desired: undefined, environment };
        const others = [hetznerSource(hetzner), cloudflareSource(cloudflare), nodesSource()];
        writeAdoption((await planAdoption(run, others)).files);
      }),
    ),
  );
  // No kubelet runs here, so no node reports the user of Redis.
  await answerAsOperator(config, [{ kind: 'set', path: ['workloads', 'redis', 'user'], value: 999 }]);
  const strict = runCommand('synth', '--strict', '--config', config, '--out', join(directory, 'dist'));
  expect({ ...strict, stdout: '' }).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('another cluster is refused afterwards', async () => {
  const file = join(directory, 'production.cluster.lock.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/uid: \S+/, 'uid: 0e4a4ee6-6f0b-4a9d-8a49-3c8c3d5d3c11'));
  const { status, stderr } = await adopt('--yes');
  writeFileSync(file, text);
  expect([status, stderr]).toEqual([1, expect.stringContaining('is another cluster: its uid is')]);
});

test('no secret is in what was printed or written', () => {
  const files = ['production.yaml', 'images.lock.yaml', 'production.cluster.lock.yaml'];
  const texts = [...printed, ...files.map((file) => readFileSync(join(directory, file), 'utf8'))];
  expect(formsOf(canary).filter((form) => texts.some((text) => text.includes(form)))).toEqual([]);
});

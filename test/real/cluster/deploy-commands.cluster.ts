import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { synthesize } from '../../../lib/cli/synthesize';
import { clusterNodes } from '../../../lib/deployment/config/cluster-nodes';
import { neededSecretsOf } from '../../../lib/operations/plan/needed-secrets';
import { runLive } from '../../support/command';
import { withResolvedConfiguration } from '../../support/resolved';
import { within } from './nodes/within';
import { type Cluster, startCluster } from './servers/cluster';
import { kubectlOrThrow } from './servers/kubectl';

const directory = mkdtempSync(join(tmpdir(), 'honeydue-commands-'));
const config = join(directory, 'production.yaml');

let cluster: Cluster;

beforeAll(async () => {
  withResolvedConfiguration((path) => cpSync(dirname(path), directory, { recursive: true }));
  const { model, documents } = synthesize(config);
  cluster = await startCluster(clusterNodes(model));
  process.env['KUBECONFIG'] = cluster.kubeconfig;
  process.env['PATH'] = `${dirname(cluster.kubectl)}:${process.env['PATH']}`;
  await kubectlOrThrow(cluster, ['create', 'namespace', 'honeydue']);
  const items = neededSecretsOf(documents.map(({ object }) => object)).map(({ namespace, name, keys }) => ({
    ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } },
    stringData: Object.fromEntries([...keys].map((key) => [key, 'unknown'])),
  }));
  await kubectlOrThrow(
    cluster,
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
});

afterAll(async () => {
  await cluster?.stop();
  rmSync(directory, { recursive: true });
});

const run = (command: string, ...args: string[]) => runLive(command, '--config', config, ...args);

test('plan lists the steps, and finds every Secret', async () => {
  const { status, stdout, stderr } = await run(
    'plan',
    '--no-terraform',
    '--out',
    join(directory, 'plan.json'),
  );
  expect(stderr).toBe('');
  expect(stdout).toContain('kubectl: the migration');
  expect(stdout).not.toContain('Refused');
  expect(status).toBe(0);
});

test('deploy refuses without a confirmation', async () => {
  const { status, stderr } = await run('deploy');
  expect([status, stderr]).toEqual([1, 'No terminal to confirm on: add --yes. Nothing was changed.\n']);
});

test('deploy of the saved plan records the cluster and the revision', async () => {
  const { status, stdout, stderr } = await run('deploy', '--yes', join(directory, 'plan.json'));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Revision 1 of honeydue is deployed.');
  expect(existsSync(join(directory, 'production.cluster.lock.yaml'))).toBe(true);
});

test('a second deploy has nothing to do', async () => {
  const { status, stdout } = await run('deploy', '--yes');
  expect([status, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('nothing to apply')]);
});

test('status fits on a screen', async () => {
  const { status, stdout } = await run('status');
  expect(stdout).toMatch(/1 deployed \S+ by /);
  expect(stdout.split('\n').length).toBeLessThan(40);
  expect(status).toBe(0);
});

test('status of a lost node says what is guaranteed and what to do', async () => {
  const [node = ''] = cluster.nodes.names;
  cluster.nodes.lose(node);
  await within(20, () => false);
  const { status, stdout } = await run('status');
  expect(stdout).toContain(`${node} is away. Guaranteed now`);
  expect(stdout).toContain(`kubectl delete node ${node}`);
  expect(status).toBe(1);
});

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { synthesize } from '../../../lib/cli/synthesize';
import { clusterNodes } from '../../../lib/deployment/config/cluster-nodes';
import type { ClusterConnection } from '../../../lib/operations/cluster/connection';
import type { DesiredState } from '../../../lib/operations/plan/desired';
import { isUpToDate, makePlan } from '../../../lib/operations/plan/plan';
import { DeploymentLock } from '../../../lib/operations/revisions/lock';
import { root } from '../../support/configuration';
import { withResolvedConfiguration } from '../../support/resolved';
import { endStateOf, endStateOfRepeated } from './deploys/end-state';
import { connected, deployed, desiredOf } from './deploys/lane-deployer';
import { smallShop } from './deploys/small-shop';
import { type Cluster, startCluster } from './servers/cluster';
import { type KillingGateway, startKillingGateway } from './servers/killing-gateway';
import { kubectlOrThrow } from './servers/kubectl';
import { neededSecrets } from './servers/needed-secrets';

const production = withResolvedConfiguration(synthesize);

let cluster: Cluster;
let gateway: KillingGateway;

beforeAll(async () => {
  cluster = await startCluster(clusterNodes(production.model));
  gateway = await startKillingGateway(cluster);
});

afterAll(async () => {
  gateway?.close();
  await cluster?.stop();
});

const prunes = { prune: { all: true, named: [] }, patience: 60_000 };

/** Runs the second version again, as the command does: nothing is left to do where the first run came to its end. */
async function finished(connection: ClusterConnection, desired: DesiredState): Promise<boolean> {
  if (isUpToDate(await makePlan(connection, desired))) {
    const lock = await DeploymentLock.acquire(connection.client, desired.name);
    await lock.release();
    return true;
  }
  return (await deployed(connection, desired, prunes)).diagnoses.length === 0;
}

/** Deploys in a process of its own, through the gateway. */
function runChild(desired: DesiredState, started: (kill: () => void) => void): Promise<number | null> {
  const file = join(dirname(cluster.kubeconfig), `${desired.name}.json`);
  writeFileSync(file, JSON.stringify(desired));
  const args = ['bin/run.mjs', 'test/real/cluster/deploys/deploy-child.ts', file];
  const path = `${dirname(cluster.kubectl)}:${process.env['PATH']}`;
  const env = { ...process.env, KUBECONFIG: gateway.kubeconfig, PATH: path };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
  // kubectl is not killed with it: what it has begun may still be written.
  started(() => child.kill('SIGKILL'));
  return new Promise((resolve) => {
    child.on('close', (status) => resolve(status));
  });
}

/** The same, killed before or after one of its writes. */
async function runKilled(desired: DesiredState, at: number, when: 'before' | 'after'): Promise<void> {
  let kill = () => {};
  gateway.reset(at, when, () => kill());
  await runChild(desired, (killing) => {
    kill = killing;
  });
  gateway.reset();
}

test('a second run finishes what was killed at any write, and ends in the same state', async () => {
  await connected(cluster, (connection) => deployed(connection, smallShop('shop-whole', 1), prunes));
  gateway.reset();
  expect(await runChild(smallShop('shop-whole', 2), () => undefined)).toBe(0);
  const { writes } = gateway;
  const whole = await endStateOf(cluster, 'shop-whole');
  expect(whole).toContain('"image":"shop/cart:2"');
  expect(whole).not.toContain('cart-pdb"},"spec"');
  expect(writes).toBeGreaterThan(8);
  const different: string[] = [];
  for (let at = 1; at <= writes; at += 1)
    for (const when of ['before', 'after'] as const) {
      const namespace = `shop-${when}-${at}`;
      await connected(cluster, (connection) => deployed(connection, smallShop(namespace, 1), prunes));
      await runKilled(smallShop(namespace, 2), at, when);
      const isWhole = await connected(cluster, (connection) => finished(connection, smallShop(namespace, 2)));
      const state = await endStateOf(cluster, namespace);
      if (!isWhole || state !== whole) different.push(`${when} write ${at}:\n${state}`);
    }
  expect(different).toEqual([]);
});

describe('production, killed at some of its writes', () => {
  const first = desiredOf(production);
  /** Another value of the shared ConfigMap, and one object less. */
  const second = desiredOf(production, (object) => {
    const { kind, metadata } = object;
    if (kind === 'PodDisruptionBudget' && metadata.name === 'vmagent-pdb') return undefined;
    if (kind !== 'ConfigMap' || metadata.name !== 'honeydue-config') return object;
    return { ...object, data: { ...(object['data'] as object), EXTRA: 'public' } };
  });

  test('ends in the same state after a second run', async () => {
    const objects = first.documents.map(({ object }) => object);
    const items = [
      ...objects.filter(({ kind }) => kind === 'Namespace'),
      ...neededSecrets(objects, 'honeydue'),
    ];
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    await kubectlOrThrow(cluster, ['apply', '-f', '-'], list);
    await connected(cluster, (connection) => deployed(connection, first, prunes));
    gateway.reset();
    expect(await runChild(second, () => undefined)).toBe(0);
    const { writes } = gateway;
    const whole = await endStateOfRepeated(cluster, 'honeydue');
    expect(whole).toContain('"EXTRA":"public"');
    const different: string[] = [];
    for (const [index, share] of [0.2, 0.4, 0.6, 0.8, 1].entries()) {
      const at = Math.ceil(writes * share);
      const when = index % 2 === 0 ? 'after' : 'before';
      await connected(cluster, (connection) => deployed(connection, first, prunes));
      await runKilled(second, at, when);
      const isWhole = await connected(cluster, (connection) => finished(connection, second));
      const state = await endStateOfRepeated(cluster, 'honeydue');
      if (!isWhole || state !== whole) different.push(`${when} write ${at} of ${writes}:\n${state}`);
    }
    expect(different).toEqual([]);
  });
});

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clusterNodes } from '../../../lib/deployment/config/cluster-nodes';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';
import type { ClusterConnection } from '../../../lib/operations/cluster/connection';
import type { DesiredState } from '../../../lib/operations/plan/desired';
import { isSettled, makePlan } from '../../../lib/operations/plan/plan';
import { DeploymentLock } from '../../../lib/operations/revisions/lock';
import { root } from '../../support/configuration';
import { production } from '../../support/production';
import { connected, deployed } from './deploys/lane-deployer';
import { type Cluster, startCluster } from './servers/cluster';
import { type KillingGateway, startKillingGateway } from './servers/killing-gateway';
import { kubectlOrThrow } from './servers/kubectl';

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

/** A small shop: the second version changes a value, an image and the number of pods, adds a Service, and leaves out a budget. */
function shop(namespace: string, version: 1 | 2): DesiredState {
  const metadata = (name: string) => ({ name, namespace });
  const labels = { 'app.kubernetes.io/name': 'cart' };
  const objects: [file: string, object: object][] = [
    ['0-namespace.k8s.yaml', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }],
    [
      '1-config.k8s.yaml',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: metadata('settings'),
        data: { VERSION: `${version}` },
      },
    ],
    [
      '2-migration.k8s.yaml',
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: metadata(`migration-${version}`),
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'migration', image: `shop/cart:${version}` }],
            },
          },
        },
      },
    ],
    [
      '3-cart.k8s.yaml',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: metadata('cart'),
        spec: {
          replicas: version,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { containers: [{ name: 'cart', image: `shop/cart:${version}` }] },
          },
        },
      },
    ],
    version === 1
      ? [
          '3-cart.k8s.yaml',
          {
            apiVersion: 'policy/v1',
            kind: 'PodDisruptionBudget',
            metadata: metadata('cart-pdb'),
            spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
          },
        ]
      : [
          '3-cart.k8s.yaml',
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: metadata('cart'),
            spec: { selector: labels, ports: [{ port: 80 }] },
          },
        ],
  ];
  return {
    name: namespace,
    documents: objects.map(([file, object]) => ({ file, object: object as KubernetesObject })),
    minor: 'v1.34',
    nodes: [],
    topology: defaultTopology,
    origin: { commit: '', isDirty: false },
  };
}

const prunes = { prune: { all: true, named: [] }, patience: 60_000 };

/** Runs the second version again, as the command does: nothing is left to do where the first run came to its end. */
async function finished(connection: ClusterConnection, desired: DesiredState): Promise<boolean> {
  if (isSettled(await makePlan(connection, desired))) {
    const lock = await DeploymentLock.acquire(connection.client, desired.name);
    await lock.release();
    return true;
  }
  return (await deployed(connection, desired, prunes)).diagnoses.length === 0;
}

/** Runs the second version in a process of its own, through the gateway. */
function runChild(namespace: string, started: (kill: () => void) => void): Promise<number | null> {
  const file = join(dirname(cluster.kubeconfig), `${namespace}.json`);
  writeFileSync(file, JSON.stringify(shop(namespace, 2)));
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

/** Everything that a deployment wrote, without what names a moment or this namespace. */
async function stateOf(namespace: string): Promise<string> {
  const own = await kubectlOrThrow(cluster, [
    ...[
      'get',
      'namespace,configmap,job,deployment,service,poddisruptionbudget',
      '-n',
      namespace,
      '-o',
      'json',
      '--show-managed-fields',
    ],
  ]);
  const records = await kubectlOrThrow(cluster, [
    'get',
    'configmap,lease',
    '-n',
    'kube-system',
    '-o',
    'json',
  ]);
  const items = [own, records]
    .flatMap((text) => (JSON.parse(text) as { items: KubernetesObject[] }).items)
    .filter(
      ({ metadata, kind }) =>
        JSON.stringify(metadata).includes(`"${namespace}`) ||
        (kind === 'Namespace' && metadata.name === namespace),
    );
  const timeless = items.map(({ status: _, ...object }) =>
    JSON.stringify(sortedKeys(object as unknown as Json), replaced),
  );
  return timeless.sort().join('\n').replaceAll(namespace, '<namespace>');
}

const ofMoment = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'time',
  'clusterIP',
  'clusterIPs',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
];

function replaced(key: string, value: unknown): unknown {
  if (ofMoment.includes(key)) return undefined;
  if (key === 'manifests') return '<manifests>';
  // A controller's share of a status comes and goes with its moments.
  if (key === 'managedFields')
    return (value as { subresource?: string }[]).filter(({ subresource }) => subresource === undefined);
  if (key === 'record')
    return JSON.stringify({
      ...(JSON.parse(String(value)) as object),
      digest: '',
      started: '',
      finished: '',
    });
  return value;
}

function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sortedKeys(each ?? null)]),
  );
}

test('a second run finishes what was killed at any write, and ends in the same state', async () => {
  await connected(cluster, (connection) => deployed(connection, shop('shop-whole', 1), prunes));
  gateway.reset();
  expect(await runChild('shop-whole', () => undefined)).toBe(0);
  const { writes } = gateway;
  const whole = await stateOf('shop-whole');
  expect(whole).toContain('"image":"shop/cart:2"');
  expect(whole).not.toContain('cart-pdb"},"spec"');
  expect(writes).toBeGreaterThan(8);
  const different: string[] = [];
  for (let at = 1; at <= writes; at += 1)
    for (const when of ['before', 'after'] as const) {
      const namespace = `shop-${when}-${at}`;
      await connected(cluster, (connection) => deployed(connection, shop(namespace, 1), prunes));
      let kill = () => {};
      gateway.reset(at, when, () => kill());
      await runChild(namespace, (killing) => {
        kill = killing;
      });
      gateway.reset();
      const isWhole = await connected(cluster, (connection) => finished(connection, shop(namespace, 2)));
      const state = await stateOf(namespace);
      if (!isWhole || state !== whole) different.push(`${when} write ${at}:\n${state}`);
    }
  expect(different).toEqual([]);
});

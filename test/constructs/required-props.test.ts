import { App, Chart } from 'cdk8s';
import {
  CronJob,
  MetricsAgent,
  MigrationJob,
  PinnedRedis,
  PostgresBackup,
  PropsError,
  RedisExporter,
  SingletonWorker,
  StatefulService,
  WebService,
  Worker,
} from '../../lib/api/constructs';

/** JavaScript has no compiler that reports a missing prop. */
type Untyped = new (scope: Chart, id: string, props: object) => unknown;

const resources = {
  cpu: { request: '50m', limit: '500m' },
  memory: { request: '64Mi', limit: '256Mi' },
};
const image = `app:v1@sha256:${'0'.repeat(64)}`;
const replicas = { replicas: 2, minAvailable: 1 };

function problemsOf(construct: unknown, props: object): string[] {
  try {
    new (construct as Untyped)(new Chart(new App(), 'shop'), 'it', props);
    return [];
  } catch (error) {
    if (!(error instanceof PropsError)) throw error;
    return error.message.split('\n');
  }
}

const cases: [string, unknown, string[]][] = [
  ['WebService', WebService, ['image', 'resources', 'port', 'probes', 'replicas', 'minAvailable']],
  [
    'StatefulService',
    StatefulService,
    ['image', 'resources', 'port', 'probes', 'replicas', 'minAvailable', 'storage'],
  ],
  ['Worker', Worker, ['image', 'resources', 'replicas', 'minAvailable']],
  ['SingletonWorker', SingletonWorker, ['image', 'resources']],
  ['CronJob', CronJob, ['image', 'resources', 'schedule']],
  ['MigrationJob', MigrationJob, ['image', 'resources', 'command']],
  ['PinnedRedis', PinnedRedis, ['image', 'resources', 'password', 'nodeLabel', 'storage']],
  ['RedisExporter', RedisExporter, ['image', 'resources', 'address', 'password']],
  ['MetricsAgent', MetricsAgent, ['image', 'resources', 'targets', 'cluster', 'remoteWrite']],
  [
    'PostgresBackup',
    PostgresBackup,
    [
      'resources',
      'schedule',
      'sizeLimit',
      'minimumBytes',
      'publicKey',
      'bucket',
      'images',
      'metrics',
      'database',
    ],
  ],
];

test.each(cases)('a %s without props names each required one', (_, construct, required) => {
  expect(problemsOf(construct, {}).sort()).toEqual(
    required.map((prop) => `shop/it.${prop} is missing; set it`).sort(),
  );
});

test('a missing part of a prop has its path', () => {
  expect(
    problemsOf(Worker, { image, resources: { ...resources, memory: { request: '64Mi' } }, ...replicas }),
  ).toEqual(['shop/it.resources.memory.limit is missing; set it']);
});

test('a sidecar without resources has its path', () => {
  const sidecars = [{ name: 'log', image }];
  expect(problemsOf(Worker, { image, resources, ...replicas, sidecars })).toEqual([
    'shop/it.sidecars.0.resources is missing; set it',
  ]);
});

test('a volume without a size has its path', () => {
  const probes = { startup: {}, readiness: {} };
  const storage = { data: { directory: '/data' } };
  expect(problemsOf(StatefulService, { image, resources, ...replicas, port: 9200, probes, storage })).toEqual(
    ['shop/it.storage.data.size is missing; set it'],
  );
});

test('a connection to a workload without a port is refused', () => {
  const chart = new Chart(new App(), 'shop');
  const from = new Worker(chart, 'from', { image, resources, ...replicas });
  const to = new Worker(chart, 'to', { image, resources, ...replicas });
  expect(() => from.connectTo(to as never)).toThrow(
    'shop/from.connectTo to has no port; connect to { party, port } instead',
  );
});

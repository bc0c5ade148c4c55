import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { redisRules } from '../../lib/alerts/rules/redis';
import { checkSchema } from '../../lib/checks/kubernetes-schema';
import { RedisExporter, type RedisExporterProps } from '../../lib/constructs/redis-exporter';
import { at } from '../support/at';
import { objectsOf, ofKind } from '../support/chart';
import { podProps } from '../support/props';

const props: RedisExporterProps = {
  image: podProps.image.replace('shop/cart:v2', 'redis_exporter:v1.83.0'),
  resources: podProps.resources,
  address: 'shop-redis:6379',
  password: { secret: { name: 'shop-secrets', revision: 3 }, key: 'REDIS_PASSWORD' },
};

const build = (more: Partial<RedisExporterProps> = {}) =>
  objectsOf((chart) => new RedisExporter(chart, 'redis-exporter', { ...props, ...more }));
const template = (more?: Partial<RedisExporterProps>) =>
  at(ofKind(build(more), 'Deployment'), 'spec.template');
const container = (more?: Partial<RedisExporterProps>) => at(template(more), 'spec.containers.0');

describe('RedisExporter', () => {
  test('makes an account, a budget, a headless Service and a Deployment', () => {
    expect(build().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ServiceAccount redis-exporter',
      'PodDisruptionBudget redis-exporter-pdb',
      'Service redis-exporter-metrics',
      'Deployment redis-exporter',
    ]);
  });

  test('meets the schema of Kubernetes', () => {
    expect(build().flatMap(checkSchema)).toEqual([]);
  });

  test('logs in with the password of the Secret, and lends it to nobody', () => {
    expect(at(container(), 'env')).toEqual([
      { name: 'REDIS_ADDR', value: 'redis://shop-redis:6379' },
      { name: 'REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT', value: 'true' },
      {
        name: 'REDIS_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'REDIS_PASSWORD' } },
      },
    ]);
  });

  test('restarts when its Secret has a new revision', () => {
    expect(at(template(), 'metadata.annotations')).toEqual({ 'revision/shop-secrets': '3' });
  });

  test('runs once, and a rollout leaves no gap', () => {
    expect(at(ofKind(build(), 'Deployment'), 'spec')).toMatchObject({
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
  });

  test('is ready and alive by itself, whatever Redis does', () => {
    expect(at(container(), 'readinessProbe.httpGet')).toEqual({ path: '/health', port: 9121 });
    expect(at(container(), 'livenessProbe.tcpSocket')).toEqual({ port: 9121 });
  });

  test('runs as the user of its image', () => {
    expect(at(template(), 'spec.securityContext')).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('tells where its metrics are', () => {
    objectsOf((chart) => {
      const { metrics } = new RedisExporter(chart, 'redis-exporter', props);
      expect([metrics.host, metrics.port]).toEqual(['redis-exporter-metrics', 9121]);
    });
  });

  test('connects to its Redis', () => {
    objectsOf((chart) => {
      const exporter = new RedisExporter(chart, 'redis-exporter', props);
      exporter.connectTo({ party: { name: 'redis', peers: [] }, port: 6379 });
      expect(exporter.connections).toMatchObject([{ from: { name: 'redis-exporter' }, port: 6379 }]);
    });
  });

  test.each<[string, Partial<RedisExporterProps>]>([
    ['address is "redis"; it must be a host and a port alone, such as redis:6379', { address: 'redis' }],
    [
      'address is "redis://redis:6379"; it must be a host and a port alone, such as redis:6379',
      { address: 'redis://redis:6379' },
    ],
    [
      'address holds an "@"; it must be a host and a port alone, such as redis:6379',
      { address: ':hunter2@redis:6379' },
    ],
    [
      `name is "${'a'.repeat(56)}"; it must be a DNS label: at most 55 of a-z, 0-9 and "-", beginning with a letter`,
      { name: 'a'.repeat(56) },
    ],
  ])('refuses: %s', (message, wrong) => {
    expect(() => build(wrong)).toThrow(new Error(`shop/redis-exporter.${message}`));
  });
});

/** The very environment of the manifest, under a real exporter; Debian calls it prometheus-redis-exporter. */
const available = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const program = ['redis_exporter', 'prometheus-redis-exporter'].find(available) ?? '';
const real = program !== '' && available('redis-server') ? describe : describe.skip;

real('a real exporter of a real Redis', () => {
  const password = ' a b\t"c" $d';
  let started: ChildProcess[];
  let redisPort: number;
  let exporterPort: number;

  beforeEach(async () => {
    started = [];
    redisPort = await freePort();
    exporterPort = await freePort();
  });

  afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
  });

  function startRedis(): void {
    const settings = ['--bind', '127.0.0.1', '--save', '', '--maxmemory', '64mb', '--requirepass', password];
    started.push(
      spawn('redis-server', ['--port', String(redisPort), ...settings], { cwd: '/', stdio: 'ignore' }),
    );
  }

  function startExporter(): void {
    const env = at(container(), 'env') as { name: string; value?: string }[];
    const variables = env.map(({ name, value }) => [
      name,
      (value ?? password).replace('shop-redis:6379', `127.0.0.1:${redisPort}`),
    ]);
    const listen = { REDIS_EXPORTER_WEB_LISTEN_ADDRESS: `127.0.0.1:${exporterPort}` };
    const child = spawn(program, [], {
      env: { ...Object.fromEntries(variables), ...listen },
      stdio: 'ignore',
    });
    started.push(child);
  }

  async function get(path: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${exporterPort}${path}`);
    return response.text();
  }

  async function metricsWith(line: string): Promise<string> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const text = await get('/metrics').catch(() => '');
      if (text.includes(`${line}\n`)) return text;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`waited in vain for ${line}`);
  }

  test('emits every series that an alert reads of it', async () => {
    startRedis();
    startExporter();
    const text = await metricsWith('redis_up 1');
    const read = redisRules({ cluster: 'shop', namespace: 'shop', agent: 'vmagent' }, 'redis').flatMap(
      ({ series }) => series.map(({ name }) => name),
    );
    expect(read.length).toBeGreaterThan(2);
    for (const name of read) expect(text).toMatch(new RegExp(`^${name} [0-9.e+]+$`, 'm'));
  });

  test('tells the maxmemory that Redis was given', async () => {
    startRedis();
    startExporter();
    const text = await metricsWith('redis_up 1');
    expect(Number(/^redis_memory_max_bytes (\S+)$/m.exec(text)?.[1])).toBe(64 * 2 ** 20);
  });

  test('is healthy where Redis is gone, and says that it is', async () => {
    startExporter();
    await metricsWith('redis_up 0');
    expect(await get('/health')).toBe('ok');
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { redisRules } from '../../../lib/deployment/alerts/rules/redis';
import { at } from '../../support/at';
import { freePort } from '../../support/free-port';
import { available } from '../../support/programs';
import { container } from './redis-exporter';

/** The very environment of the manifest, under a real exporter; Debian calls it prometheus-redis-exporter. */
const program = ['prometheus-redis-exporter', 'redis_exporter'].find(available) ?? '';
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

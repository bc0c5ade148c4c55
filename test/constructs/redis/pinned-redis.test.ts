import { PinnedRedis, type PinnedRedisProps } from '../../../lib/constructs/redis/pinned-redis';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';
import { redisProps } from '../../support/props';

const build = (more: Partial<PinnedRedisProps> = {}) =>
  objectsOf((chart) => new PinnedRedis(chart, 'cache', { ...redisProps, ...more }));
const pod = (more?: Partial<PinnedRedisProps>) => at(ofKind(build(more), 'Deployment'), 'spec.template.spec');
const args = (more?: Partial<PinnedRedisProps>) => (at(pod(more), 'containers.0.args') as string[]).join(' ');

describe('PinnedRedis', () => {
  test('never runs two servers on its volume during a rollout', () => {
    expect(at(ofKind(build(), 'Deployment'), 'spec')).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
  });

  test('runs where its volume is', () => {
    expect(at(pod(), 'nodeSelector')).toEqual({ 'shop/redis': 'here' });
  });

  test('mounts its claim', () => {
    expect(at(pod(), 'volumes')).toEqual([
      { name: 'data', persistentVolumeClaim: { claimName: 'shop-redis' } },
      expect.anything(),
    ]);
    expect(at(pod(), 'containers.0.volumeMounts')).toContainEqual({ name: 'data', mountPath: '/data' });
  });

  test('can write to /tmp, and fill no disk with it', () => {
    expect(at(pod(), 'volumes')).toContainEqual({ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } });
    expect(at(pod(), 'containers.0.volumeMounts')).toContainEqual({ name: 'tmp', mountPath: '/tmp' });
  });

  test('gives server and client the password by their environment', () => {
    const valueFrom = { secretKeyRef: { name: 'shop-secrets', key: 'REDIS_PASSWORD' } };
    expect(at(pod(), 'containers.0.env')).toEqual([
      { name: 'REDISCLI_AUTH', valueFrom },
      { name: 'REDIS_PASSWORD', valueFrom },
    ]);
  });

  test('restarts when its Secret has a new revision', () => {
    const template = at(ofKind(build(), 'Deployment'), 'spec.template.metadata.annotations');
    expect(template).toEqual({ 'revision/shop-secrets': '3' });
  });

  test('has the defaults of the book', () => {
    expect(args()).toBe(
      '--dir /data --appendonly yes --appendfsync everysec --maxmemory 256mb --maxmemory-policy noeviction',
    );
  });

  test('takes other settings', () => {
    expect(args({ maxmemory: '128mb', maxmemoryPolicy: 'allkeys-lru', appendfsync: 'always' })).toBe(
      '--dir /data --appendonly yes --appendfsync always --maxmemory 128mb --maxmemory-policy allkeys-lru',
    );
  });

  test.each(['startupProbe', 'readinessProbe', 'livenessProbe'])(
    'compares the answer to its %s with PONG',
    (probe) => {
      expect(at(pod(), `containers.0.${probe}.exec.command`)).toEqual([
        'sh',
        '-c',
        '[ "$(redis-cli -h 127.0.0.1 ping)" = PONG ]',
      ]);
    },
  );

  test('is given time to wait for the grace of an older server', () => {
    const probe = at(pod(), 'containers.0.startupProbe') as {
      periodSeconds: number;
      failureThreshold: number;
    };
    const grace = at(pod(), 'terminationGracePeriodSeconds') as number;
    expect(probe.periodSeconds * probe.failureThreshold).toBeGreaterThan(2 * grace);
  });

  test('refuses more data than a rewrite has room for', () => {
    expect(() => build({ maxmemory: '257mb' })).toThrow(
      'shop/cache.maxmemory is 257mb, but Redis can use twice as much memory while it rewrites the append-only file. That exceeds the memory limit of 512Mi',
    );
  });

  test('takes just half of its limit', () => {
    expect(args({ maxmemory: '256mb' })).toContain('--maxmemory 256mb');
  });

  test.each<[Partial<PinnedRedisProps>, string]>([
    [{ user: 0 }, 'user is 0; it must be an integer from 1'],
    [
      { maxmemoryPolicy: 'drop-all' },
      'maxmemoryPolicy is "drop-all"; it must be noeviction or allkeys-lru or',
    ],
    [{ appendfsync: 'sometimes' }, 'appendfsync is "sometimes"; it must be everysec or always or no'],
    [{ nodeLabel: {} }, 'nodeLabel is empty; set it to the label of the node that has the volume'],
    [{ nodeLabel: { 'a b': 'x' } }, 'nodeLabel.a b is not a valid label key; it must be a label key such as'],
    [{ nodeLabel: { a: '-' } }, 'nodeLabel.a is "-"; it must be a label value'],
    [
      { storage: { ...redisProps.storage, size: '5GB' } },
      'storage.size is "5GB"; it must be a quantity of bytes such as 128Mi or 5Gi',
    ],
    [{ storage: { ...redisProps.storage, claim: 'A' } }, 'storage.claim is "A"; it must be a DNS subdomain'],
    [{ password: { ...redisProps.password, key: '' } }, 'password.key is ""; it must be a key'],
    [
      { password: { secret: { name: 'Shop' }, key: 'PASSWORD' } },
      'password.secret.name is "Shop"; it must be a DNS subdomain',
    ],
    [{ image: 'redis 7' }, 'image is "redis 7"; it must be an image such as'],
  ])('refuses %j', (props, message) => {
    expect(() => build(props)).toThrow(`shop/cache.${message}`);
  });

  test.each(['256Mi', '0', '-1mb', '1023kb', '1'])('refuses %s as memory, which is a slip', (maxmemory) => {
    expect(() => build({ maxmemory })).toThrow(
      `shop/cache.maxmemory is "${maxmemory}"; it must be an amount of memory in the notation of Redis, at least 1mb, such as 256mb`,
    );
  });
});

import { RedisExporter, type RedisExporterProps } from '../../../lib/constructs/metrics/redis-exporter';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';
import { build, container, props, template } from './redis-exporter';

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
    expect(build().flatMap((object) => checkSchema(object))).toEqual([]);
  });

  test('logs in with the password of the Secret, and does not share it', () => {
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
    ['address is "redis"; it must be only a host and a port, such as redis:6379', { address: 'redis' }],
    [
      'address is "redis://redis:6379"; it must be only a host and a port, such as redis:6379',
      { address: 'redis://redis:6379' },
    ],
    [
      'address holds an "@"; it must be only a host and a port, such as redis:6379',
      { address: ':hunter2@redis:6379' },
    ],
    [
      `name is "${'a'.repeat(56)}"; it must be a DNS label: at most 55 characters (a-z, 0-9 and "-"), beginning with a letter`,
      { name: 'a'.repeat(56) },
    ],
  ])('refuses: %s', (message, wrong) => {
    expect(() => build(wrong)).toThrow(new Error(`shop/redis-exporter.${message}`));
  });
});

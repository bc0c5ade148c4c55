import { MetricsAgent, type MetricsAgentProps } from '../../../lib/constructs/metrics/metrics-agent';
import { MetricsService } from '../../../lib/constructs/metrics/metrics-service';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';
import { args, build, config, pod, props, template } from './metrics-agent';

describe('MetricsAgent', () => {
  test('makes an account, a budget, a configuration and a Deployment, all called vmagent', () => {
    expect(build().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ServiceAccount vmagent',
      'PodDisruptionBudget vmagent-pdb',
      'ConfigMap vmagent',
      'Deployment vmagent',
    ]);
  });

  test('meets the schema of Kubernetes', () => {
    expect(build().flatMap((object) => checkSchema(object))).toEqual([]);
  });

  test('runs once, and never twice during a rollout', () => {
    expect(at(ofKind(build(), 'Deployment'), 'spec')).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
  });

  test('has no token of the API server', () => {
    expect(pod()).toMatchObject({ serviceAccountName: 'vmagent', automountServiceAccountToken: false });
  });

  test('runs as uid 65534, because its image would run as root', () => {
    expect(at(pod(), 'securityContext')).toMatchObject({ runAsNonRoot: true, runAsUser: 65_534 });
  });

  test('scrapes each target by DNS, in the order of the jobs', () => {
    expect(config()).toBe(`global:
  scrape_interval: 30s
  external_labels:
    cluster: shop
scrape_configs:
  - job_name: cart
    scrape_interval: 15s
    metrics_path: /internal/metrics
    dns_sd_configs:
      - names:
          - cart-metrics
        type: A
        port: 8080
  - job_name: node
    metrics_path: /metrics
    static_configs:
      - targets:
          - 84.20.10.1:9102
        labels:
          node: a.example.com
  - job_name: redis
    metrics_path: /metrics
    dns_sd_configs:
      - names:
          - redis-exporter-metrics
        type: A
        port: 9121
`);
  });

  test('scrapes machines by their addresses, and names them', () => {
    const machines = { 'b.example.com': '84.20.10.2', 'a.example.com': '84.20.10.1' };
    expect(config({ targets: [{ job: 'node', machines, port: 9102, path: '/metrics' }] })).toContain(
      `
  - job_name: node
    metrics_path: /metrics
    static_configs:
      - targets:
          - 84.20.10.1:9102
        labels:
          node: a.example.com
      - targets:
          - 84.20.10.2:9102
        labels:
          node: b.example.com
`,
    );
  });

  test('writes the same configuration whatever the order of its targets', () => {
    expect(config({ targets: [...props.targets].reverse() })).toBe(config());
  });

  test('scrapes over TLS where a target says so', () => {
    expect(config({ targets: [{ job: 'a', host: 'a', port: 1, path: '/', scheme: 'https' }] })).toContain(
      'scheme: https',
    );
  });

  test('restarts when what it scrapes changes', () => {
    const checksum = (more?: Partial<MetricsAgentProps>) =>
      at(template(more), 'metadata.annotations') as Record<string, string>;
    expect(checksum()).toEqual({ 'checksum/vmagent': expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(checksum({ interval: '1m' })).not.toEqual(checksum());
  });

  test('restarts for a new token only when a revision says so', () => {
    const { url } = props.remoteWrite;
    const token = { secret: { name: 'shop-secrets', revision: 2 }, key: 'METRICS_TOKEN' };
    expect(at(template({ remoteWrite: { url, token } }), 'metadata.annotations')).toMatchObject({
      'revision/shop-secrets': '2',
    });
  });

  test('reads the token from a file, and no argument holds it', () => {
    expect(args()).toContain('-remoteWrite.bearerTokenFile=/etc/remote-write/METRICS_TOKEN');
    expect(at(pod(), 'volumes.1')).toEqual({
      name: 'token',
      secret: { secretName: 'shop-secrets', items: [{ key: 'METRICS_TOKEN', path: 'METRICS_TOKEN' }] },
    });
  });

  test('buffers less than its disk may hold', () => {
    expect(args()).toContain(`-remoteWrite.maxDiskUsagePerURL=${2 ** 30}`);
    expect(at(pod(), 'volumes.2')).toEqual({ name: 'buffer', emptyDir: { sizeLimit: '1600Mi' } });
  });

  test('buffers the configured amount, on a disk of that size', () => {
    expect(args({ bufferSize: '512Mi' })).toContain(`-remoteWrite.maxDiskUsagePerURL=${2 ** 29}`);
    expect(at(pod({ bufferSize: '512Mi' }), 'volumes.2.emptyDir.sizeLimit')).toBe('1088Mi');
  });

  test('keeps its samples in order', () => {
    expect(args()).toContain('-remoteWrite.queues=1');
  });

  test('is ready when it says so, and alive while it listens', () => {
    expect(at(pod(), 'containers.0.readinessProbe.httpGet')).toEqual({ path: '/health', port: 8429 });
    expect(at(pod(), 'containers.0.livenessProbe.tcpSocket')).toEqual({ port: 8429 });
  });

  test('can be given another name', () => {
    expect(ofKind(build({ name: 'watcher' }), 'Deployment').metadata.name).toBe('watcher');
  });

  test('connects to what it scrapes', () => {
    objectsOf((chart) => {
      const agent = new MetricsAgent(chart, 'agent', props);
      agent.connectTo(new MetricsService(chart, 'metrics', { workload: 'cart', port: 8080 }));
      expect(agent.connections.map(({ from, to, port }) => `${from.name} -> ${to.name}:${port}`)).toEqual([
        'vmagent -> cart:8080',
      ]);
    });
  });
});

describe('MetricsAgent refuses', () => {
  const target = { job: 'cart', host: 'cart-metrics', port: 8080, path: '/metrics' };
  const to = (url: string) => ({ remoteWrite: { ...props.remoteWrite, url } });

  test.each<[string, Partial<MetricsAgentProps>]>([
    ['targets is empty; add at least one target', { targets: [] }],
    [
      'targets.0.job is "Cart"; it must be a name of a-z, 0-9 and "-", such as api',
      { targets: [{ ...target, job: 'Cart' }] },
    ],
    [
      'targets.0.machines is {"a":"a.example.com"}; it must be a map from machine names to IPv4 addresses, with at least one entry',
      { targets: [{ job: 'a', machines: { a: 'a.example.com' }, port: 1, path: '/' }] },
    ],
    [
      'targets.0.machines is {}; it must be a map from machine names to IPv4 addresses, with at least one entry',
      { targets: [{ job: 'a', machines: {}, port: 1, path: '/' }] },
    ],
    [
      'targets.1.job is "cart"; it must be different from the job of targets.0',
      { targets: [target, target] },
    ],
    [
      'targets.0.host is "http://cart"; it must be only a DNS name',
      { targets: [{ ...target, host: 'http://cart' }] },
    ],
    ['targets.0.port is 0; it must be from 1 to 65535', { targets: [{ ...target, port: 0 }] }],
    [
      'targets.0.path is "metrics"; it must be a URL path that begins with "/"',
      { targets: [{ ...target, path: 'metrics' }] },
    ],
    [
      'targets.0.interval is "30"; it must be a whole number with the unit s, m or h, such as 30s',
      { targets: [{ ...target, interval: '30' }] },
    ],
    ['interval is "0s"; it must be a whole number with the unit s, m or h, such as 30s', { interval: '0s' }],
    [
      'remoteWrite.url is "http://metrics.example.com"; it must begin with https://, because otherwise the token is sent unencrypted',
      to('http://metrics.example.com'),
    ],
    [
      'remoteWrite.url is "metrics.example.com"; it must begin with https://, because otherwise the token is sent unencrypted',
      to('metrics.example.com'),
    ],
    [
      'remoteWrite.url contains a user or a password, which the manifest would show; use the token',
      to('https://me:hunter2@metrics.example.com'),
    ],
    [
      'cluster is "our shop"; it must consist of letters, digits, "-", "_" and ".", such as shop',
      { cluster: 'our shop' },
    ],
    [
      'bufferSize is "100Mi"; it must be a quantity of at least 512Mi, because vmagent rounds a smaller size up to it',
      { bufferSize: '100Mi' },
    ],
    [
      'bufferSize is "1 GB"; it must be a quantity of at least 512Mi, because vmagent rounds a smaller size up to it',
      { bufferSize: '1 GB' },
    ],
  ])('%s', (message, wrong) => {
    expect(() => build(wrong)).toThrow(new Error(`shop/agent.${message}`));
  });
});

import type { Json } from '../../../lib/documents/kubernetes';
import { apart, deployment, drillOf, object, ofCart, outcome, spread } from './cluster';

const recreate: Json = { type: 'Recreate' };
const rolling = (maxSurge: Json, maxUnavailable: Json): Json => ({
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge, maxUnavailable },
});
const startup = {
  startupProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5, failureThreshold: 24 },
};

describe('a rollout', () => {
  test.each([
    [rolling(1, 0), 3, 6],
    [rolling(0, 1), 2, 6],
    [rolling('25%', '25%'), 3, 6],
    [rolling('0%', '50%'), 2, 6],
    [rolling(0, '10%'), 2, 6],
    [rolling(0, '100%'), 0, 6],
    [recreate, 0, 3],
  ])(
    '%j leaves %d of 3, and runs %d at once: only Recreate waits until the old ones have ended',
    (strategy, ready, running) => {
      expect(ofCart('rollout', { strategy })).toMatchObject({ ready, running, completes: true });
    },
  );

  test('never begins with hard anti-affinity, as many pods as nodes and none unavailable', () => {
    expect(ofCart('rollout', { pod: apart('cart') })).toMatchObject({ ready: 3, completes: false });
    expect(ofCart('rollout', { pod: apart('cart'), strategy: rolling(0, 1) }).completes).toBe(true);
    const perTemplate = apart('cart', { matchLabelKeys: ['pod-template-hash'] });
    expect(ofCart('rollout', { pod: perTemplate }).completes).toBe(true);
  });

  test('may stick where the surge may find no room', () => {
    const requests = { cpu: '3', memory: '64Mi' };
    expect(ofCart('rollout', { requests }).completes).toBe(false);
    expect(ofCart('rollout', { requests, strategy: rolling(0, 1) }).completes).toBe(true);
  });

  test('of a Recreate takes the grace and the start', () => {
    const pod = { terminationGracePeriodSeconds: 45 };
    expect(ofCart('rollout', { strategy: recreate, pod, container: startup }).recovery).toMatchObject({
      seconds: 45 + 132,
    });
  });

  test('waits for the startup probes of sidecars, one after another, before the main container', () => {
    const initContainers = ['proxy', 'vault'].map((name) => ({ name, restartPolicy: 'Always', ...startup }));
    const shape = { strategy: recreate, pod: { initContainers }, container: startup };
    expect(ofCart('rollout', shape).recovery).toMatchObject({ seconds: 30 + 121 + 121 + 132 });
  });

  test('and a lost node leave less than either', () => {
    expect(ofCart('node-lost-in-rollout', { pod: spread('cart') })).toMatchObject({
      ready: 1,
      completes: true,
    });
  });

  test('of a singleton that rolls runs it twice, with a surge or without', () => {
    expect(ofCart('rollout', { replicas: 1, strategy: rolling(0, 1) })).toMatchObject({
      ready: 0,
      running: 2,
    });
    expect(ofCart('rollout', { replicas: 1, strategy: rolling(1, 0) })).toMatchObject({
      ready: 1,
      running: 2,
    });
    expect(ofCart('rollout', { replicas: 1, strategy: recreate }).running).toBe(1);
  });

  test('of a Recreate never ends when a node is lost on which an old pod was to end', () => {
    expect(ofCart('node-lost-in-rollout', { replicas: 1, strategy: recreate })).toMatchObject({
      ready: 0,
      completes: false,
      recovery: {
        event: 'the node is back',
        why: expect.stringContaining('waits for the old pods to end'),
      },
    });
  });

  test('of a DaemonSet with OnDelete replaces no pod', () => {
    const daemon = object('apps/v1', 'DaemonSet', 'agent', {
      spec: {
        updateStrategy: { type: 'OnDelete' },
        template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'agent' }] } },
      },
    });
    const found = outcome(drillOf([daemon]), 'rollout', 'agent');
    expect([found.ready, found.completes]).toEqual([3, undefined]);
  });

  test('of a DaemonSet takes one node after another', () => {
    const daemon = object('apps/v1', 'DaemonSet', 'agent', {
      spec: {
        template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'agent' }] } },
      },
    });
    expect(outcome(drillOf([daemon]), 'rollout', 'agent').ready).toBe(2);
    expect(outcome(drillOf([daemon]), 'node-lost-in-rollout', 'agent').ready).toBe(1);
  });
});

describe('a bad image', () => {
  test('replaces nothing where the new pods must be ready first', () => {
    expect(ofCart('bad-image')).toMatchObject({ ready: 3, completes: false });
  });

  test('replaces as many as may be unavailable', () => {
    expect(ofCart('bad-image', { strategy: rolling(0, 1) }).ready).toBe(2);
  });

  test('replaces everything where nothing tells that it is ready', () => {
    const container = { readinessProbe: undefined } as never;
    expect(ofCart('bad-image', { container }).ready).toBe(0);
  });

  test('takes a Recreate down until it is rolled back', () => {
    expect(ofCart('bad-image', { strategy: recreate })).toMatchObject({
      ready: 0,
      recovery: { event: 'the rollout is rolled back' },
    });
  });
});

describe('a registry', () => {
  test('is known by the image', () => {
    const drill = drillOf([
      deployment('a', { container: { image: 'registry.example.com:5000/team/a:1' } }),
      deployment('b', { container: { image: 'team/b:1' } }),
      deployment('c', { container: { image: 'redis@sha256:0' } }),
    ]);
    expect(drill.failures.filter(({ kind }) => kind === 'registry').map(({ id }) => id)).toEqual([
      'registry:docker.io',
      'registry:registry.example.com:5000',
    ]);
  });

  test('that is away hinders what starts, and nothing that runs', () => {
    expect(ofCart('registry', { container: { image: 'cart:1' } })).toMatchObject({
      ready: 3,
      unknown: ['which nodes have the image'],
      notes: [expect.stringMatching(/^a pod that starts on a node without the image waits/)],
    });
    expect(ofCart('registry', { container: { image: 'cart:latest' } }).notes).toEqual([
      expect.stringMatching(/^a container that starts again waits/),
    ]);
  });
});

describe('an address of the edge', () => {
  const ingress = object('networking.k8s.io/v1', 'Ingress', 'cart', {
    spec: {
      rules: [{ host: 'shop.example.com', http: { paths: [{ backend: { service: { name: 'cart' } } }] } }],
    },
  });
  const service = object('v1', 'Service', 'cart', { spec: { selector: { app: 'cart' } } });
  const edgeAddresses = [{ address: '192.0.2.1', node: 'one' }];
  const drill = drillOf([deployment('cart'), deployment('stock'), service, ingress], { edgeAddresses });

  test('that is dead: what moves requests elsewhere is likely, and no guarantee', () => {
    expect(outcome(drill, 'edge-address', 'cart')).toMatchObject({
      ready: 3,
      likely: ['Cloudflare sends requests to the other addresses'],
    });
  });

  test('matters to what has a host', () => {
    expect(outcome(drill, 'edge-address', 'stock').likely).toEqual([]);
  });

  test('goes with its node', () => {
    expect(outcome(drill, 'node-lost', 'cart').likely).toHaveLength(1);
  });
});

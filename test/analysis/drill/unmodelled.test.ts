import { apart, deployment, drillOf, node, object, ofCart, outcome, spread } from './cluster';

describe('a quota of limits', () => {
  test('refuses a replacement, too', () => {
    const quota = (cpu: string) =>
      object('v1', 'ResourceQuota', 'quota', { spec: { hard: { 'limits.cpu': cpu } } });
    const resources = { requests: { cpu: '100m' }, limits: { cpu: '1' } };
    const pod = spread('cart');
    const recovery = (cpu: string) =>
      ofCart('node-lost', { pod, container: { resources } }, quota(cpu)).recovery.kind;
    expect([recovery('7'), recovery('6')]).toEqual(['within', 'until']);
  });
});

describe('what is not modelled', () => {
  const elsewhere = {
    labelSelector: { matchLabels: { app: 'other' } },
    topologyKey: 'kubernetes.io/hostname',
  };
  test.each([
    ['schedulerName', { schedulerName: 'mine' }],
    ['nodeName', { nodeName: 'one' }],
    [
      'affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]',
      { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [elsewhere] } } },
    ],
    [
      'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]',
      { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [elsewhere] } } },
    ],
    ['topologySpreadConstraints[0]', spread('other')],
    ['priorityClassName', { priorityClassName: 'nowhere' }],
    [
      'initContainers[0].resources.requests["example.com/gpu"]',
      { initContainers: [{ name: 'fill', resources: { requests: { 'example.com/gpu': '1' } } }] },
    ],
    [
      'initContainers[0].ports[0].hostPort',
      {
        initContainers: [
          { name: 'proxy', restartPolicy: 'Always', ports: [{ containerPort: 1, hostPort: 1 }] },
        ],
      },
    ],
    ['volumes[0].hostPath', { volumes: [{ name: 'data', hostPath: { path: '/srv' } }] }],
    ['volumes[0].iscsi', { volumes: [{ name: 'data', iscsi: {} }] }],
  ])('is named: %s', (path, pod) => {
    expect(ofCart('node-lost', { pod: pod as never })).toMatchObject({
      ready: undefined,
      unknown: [`spec.template.spec.${path} is not modelled`],
    });
  });

  test("is another workload's anti-affinity, which keeps this one's pods away, too", () => {
    const other = deployment('other', { pod: apart('cart') });
    expect(outcome(drillOf([deployment('cart'), other]), 'node-lost', 'cart')).toMatchObject({
      ready: undefined,
      unknown: [expect.stringMatching(/^spec\.template\.spec\.affinity\.podAntiAffinity/)],
    });
  });

  test('is everything where the cluster has no nodes', () => {
    expect(outcome(drillOf([deployment('cart')], { nodes: [] }), 'node-lost')).toMatchObject({
      ready: undefined,
      unknown: ['the cluster has no nodes'],
    });
  });

  test('what has more ways than are searched is unknown', () => {
    const nodes = Array.from({ length: 12 }, (_, index) =>
      node(`n${index}`, { capacity: { cpu: 4 + index / 1000, memory: 2 ** 33 } }),
    );
    const drill = drillOf([deployment('cart', { replicas: 12 })], { nodes });
    expect(outcome(drill, 'node-lost')).toMatchObject({
      ready: undefined,
      unknown: ['the search is too large'],
    });
  });
});

describe('an autoscaler', () => {
  const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'cart', {
    spec: {
      minReplicas: 3,
      maxReplicas: 6,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' },
    },
  });

  test('has its fewest pods when it matters, and may have taken any away', () => {
    expect(ofCart('node-lost', { pod: spread('cart') }, scaler)).toMatchObject({ of: 3, ready: 1 });
  });

  test('may have its most when it rolls out', () => {
    expect(ofCart('rollout', { pod: spread('cart') }, scaler).running).toBe(12);
  });

  test('may have its maximum, and no room for a surge', () => {
    const requests = { cpu: '2', memory: '64Mi' };
    expect(ofCart('rollout', { requests, pod: spread('cart') }).completes).toBe(true);
    expect(ofCart('rollout', { requests, pod: spread('cart') }, scaler).completes).toBe(false);
  });
});

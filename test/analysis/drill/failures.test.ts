import type { Json } from '../../../lib/documents/kubernetes';
import { apart, budget, deployment, drillOf, node, object, ofCart, outcome, spread } from './cluster';

const recreate: Json = { type: 'Recreate' };
const tolerating = (tolerationSeconds: number) => ({
  tolerations: [
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds },
  ],
});
const startup = {
  startupProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5, failureThreshold: 24 },
};

describe('a lost node', () => {
  test('is noticed, tolerated for 300 s by default, and then replaced', () => {
    // 15 + 2 until others lead, 50 of grace, 5 between two looks; 300; 120 + 1 to start, 10 + 1 to be ready.
    expect(ofCart('node-lost', { container: startup }).recovery).toEqual({
      kind: 'within',
      seconds: 72 + 300 + 121 + 11,
      unboundedParts: ['the pull of the image if the node does not have it'],
    });
  });

  test('is left after as many seconds as are tolerated', () => {
    const pod = tolerating(30);
    expect(ofCart('node-lost', { pod, container: startup }).recovery).toMatchObject({
      seconds: 72 + 30 + 132,
    });
  });

  test('is never left by what tolerates it for ever', () => {
    const pod = { tolerations: [{ operator: 'Exists' }] };
    expect(ofCart('node-lost', { pod }).recovery).toMatchObject({
      kind: 'until',
      why: 'the pods tolerate the taints of a lost node forever',
    });
  });

  test('a start without a startup probe has no bound', () => {
    expect(ofCart('node-lost').recovery).toMatchObject({
      unboundedParts: expect.arrayContaining(['the start of cart, which has no startup probe']),
    });
  });

  test('an init container has no bound', () => {
    const pod = { initContainers: [{ name: 'fill' }] };
    expect(ofCart('node-lost', { pod }).recovery).toMatchObject({
      unboundedParts: expect.arrayContaining(['the run of fill']),
    });
  });

  test('may run its pod on, plus the replacement', () => {
    expect(ofCart('node-lost', { replicas: 1, strategy: recreate }).running).toBe(2);
  });

  test.each([
    [0, 'within'], // Somebody else's control plane.
    [1, 'until'],
    [2, 'until'],
    [3, 'within'],
  ])('of %d servers leaves a quorum or not', (servers, expected) => {
    const nodes = ['a', 'b', 'c', 'd'].map((name, index) => node(name, { isServer: index < servers }));
    expect(outcome(drillOf([deployment('cart')], { nodes }), 'node-lost').recovery.kind).toBe(expected);
  });

  test('strands what may run nowhere else', () => {
    expect(ofCart('node-lost', { pod: apart('cart') })).toMatchObject({
      ready: 2,
      recovery: { kind: 'until', why: 'the anti-affinity may leave no node for the pod' },
    });
  });

  test('strands a spread that counts it as the emptiest domain', () => {
    const pod = spread('cart', { nodeTaintsPolicy: 'Ignore' });
    expect(ofCart('node-lost', { pod }).recovery.kind).toBe('until');
    expect(ofCart('node-lost', { pod: spread('cart') }).recovery.kind).toBe('within');
  });

  test('cuts off the run of a job', () => {
    const job = object('batch/v1', 'Job', 'move', {
      spec: {
        backoffLimit: 2,
        activeDeadlineSeconds: 900,
        template: { metadata: { labels: { app: 'move' } }, spec: { containers: [{ name: 'move' }] } },
      },
    });
    expect(outcome(drillOf([job]), 'node-lost', 'move')).toMatchObject({
      recovery: { event: 'one of the runs succeeds' },
      notes: ['the failure interrupts a running Job, whose pod is retried at most 2 times within 15 min'],
    });
  });
});

describe('a volume of one node', () => {
  const claim = (fields: { readonly [field: string]: Json }) =>
    object('v1', 'PersistentVolumeClaim', 'data', { spec: fields });
  const pod = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
  const store = { replicas: 1, strategy: recreate, pod };

  test('keeps its pod from every other', () => {
    expect(ofCart('node-lost', store, claim({ storageClassName: 'local-path' }))).toMatchObject({
      ready: 0,
      running: 1,
      recovery: { event: 'the node is back', why: 'the volume of data is on that node' },
    });
  });

  test("is what k3s' default class makes", () => {
    expect(ofCart('volume-node-lost', store, claim({})).recovery.kind).toBe('until');
  });

  test('keeps it from being drained elsewhere, and the drain ends all the same', () => {
    expect(ofCart('node-drained', store, claim({}))).toMatchObject({
      completes: true,
      recovery: { event: 'the node is uncordoned' },
    });
  });

  test('of another class is not modelled', () => {
    expect(ofCart('node-lost', store, claim({ storageClassName: 'network' }))).toMatchObject({
      unknown: [
        'spec.storageClassName does not define which nodes can mount volumes of StorageClass network; the drill models only local-path',
      ],
    });
  });

  test('that one pod alone may use is not modelled', () => {
    expect(ofCart('rollout', store, claim({ accessModes: ['ReadWriteOncePod'] }))).toMatchObject({
      ready: undefined,
      unknown: ['spec.accessModes is not modelled'],
    });
  });

  test('that no node may hold leaves its pod nowhere', () => {
    const nowhere = { ...store, pod: { ...pod, nodeSelector: { disk: 'none' } } };
    expect(ofCart('node-lost', nowhere, claim({}))).toMatchObject({ ready: 0 });
  });

  test('that no document claims is not modelled', () => {
    expect(ofCart('node-lost', store)).toMatchObject({
      unknown: ['spec.template.spec.volumes[0] is not modelled'],
    });
  });
});

describe('a drained node', () => {
  test('is left at once by pods without a budget', () => {
    expect(ofCart('node-drained')).toMatchObject({ ready: 0, completes: true });
  });

  test('is left one by one where a budget says so', () => {
    expect(ofCart('node-drained', {}, budget('cart', { minAvailable: 2 }))).toMatchObject({
      ready: 2,
      completes: true,
    });
    expect(ofCart('node-drained', {}, budget('cart', { maxUnavailable: 1 })).ready).toBe(2);
  });

  test.each([
    ['50%', 2],
    ['67%', 3],
  ])('minAvailable %s of 3 rounds up to %d', (minAvailable, least) => {
    const { ready, completes } = ofCart('node-drained', {}, budget('cart', { minAvailable }));
    expect([ready, completes]).toEqual(least === 3 ? [3, false] : [least, true]);
  });

  test('is blocked by a budget that allows nothing', () => {
    expect(ofCart('node-drained', { replicas: 1 }, budget('cart', { minAvailable: 1 })).completes).toBe(
      false,
    );
    expect(ofCart('node-drained', {}, budget('cart', { maxUnavailable: 0 })).completes).toBe(false);
  });

  test('is blocked by two budgets for one pod', () => {
    const two = [budget('a', { minAvailable: 1 }, 'cart'), budget('b', { minAvailable: 1 }, 'cart')];
    expect(ofCart('node-drained', {}, ...two).completes).toBe(false);
  });

  test('is blocked where a replacement is stranded and the budget waits for it', () => {
    const pod = spread('cart', { nodeTaintsPolicy: 'Ignore', maxSkew: 1, matchLabelKeys: [] });
    const tight = budget('cart', { minAvailable: 5 });
    expect(ofCart('node-drained', { replicas: 6, pod }, tight).completes).toBe(false);
    expect(ofCart('node-drained', { replicas: 6, pod: spread('cart') }, tight).completes).toBe(true);
  });

  test('keeps the pods of DaemonSets', () => {
    const daemon = object('apps/v1', 'DaemonSet', 'agent', {
      spec: {
        template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'agent' }] } },
      },
    });
    expect(outcome(drillOf([daemon]), 'node-drained', 'agent')).toMatchObject({ ready: 3, completes: true });
  });

  test('lets every evicted pod run until its replacement starts, however small the disruption budget is', () => {
    expect(ofCart('node-drained', {}, budget('cart', { minAvailable: 2 }))).toMatchObject({
      ready: 2,
      running: 6,
    });
  });

  test('lets the evicted pod and its replacement run at the same time', () => {
    expect(ofCart('node-drained', { replicas: 1, strategy: recreate })).toMatchObject({
      running: 2,
      notes: ['the evicted pod may run for up to 30 s together with its replacement'],
    });
  });
});

describe('a zone', () => {
  const nodes = ['a', 'b', 'c'].map((name) => node(name, { zone: name === 'c' ? 'y' : 'x' }));
  const drill = drillOf([deployment('cart', { pod: spread('cart') })], { nodes });
  const lost = (id: string) => drill.play(drill.failures.find((each) => each.id === id) ?? never())[0];
  const never = () => {
    throw new Error('no such failure');
  };

  test('takes what is there, and the quorum with it', () => {
    expect(lost('zone-lost:x')).toMatchObject({
      ready: 1,
      recovery: { why: 'the remaining servers have no etcd quorum, so no pod is replaced' },
    });
  });

  test('of one node is that node', () => {
    expect(lost('zone-lost:y')).toMatchObject({ ready: 2, recovery: { kind: 'within' } });
  });
});

describe('what a workload talks to', () => {
  const needs = { cart: ['stock', 'bank'] };
  const external = [{ name: 'bank', host: 'bank.example.com' }];
  const drill = drillOf([deployment('cart', { pod: spread('cart') }), deployment('stock')], {
    needs,
    external,
  });
  const played = (id: string) =>
    drill.failures
      .filter((failure) => failure.id === id)
      .flatMap((failure) => drill.play(failure))
      .find(({ workload }) => workload === 'cart');

  test('and is outside: it stays ready as far as the cluster decides, and lacks it', () => {
    expect(played('unreachable:bank')).toMatchObject({
      ready: 3,
      lacks: ['bank'],
      unknown: ['whether GET /ready still answers without bank'],
    });
  });

  test('and crashes', () => {
    expect(played('crash:stock')?.lacks).toEqual(['stock']);
  });

  test('and may be gone with the node', () => {
    expect(played('node-lost')).toMatchObject({ ready: 2, lacks: ['stock'] });
  });
});

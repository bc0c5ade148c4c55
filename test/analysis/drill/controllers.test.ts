import type { Json } from '../../../lib/documents/kubernetes';
import { budget, deployment, drillOf, object, outcome, type Shape, spread } from './cluster';

/** The same pods as a Deployment's, of another controller. */
function controller(kind: string, fields: { readonly [field: string]: Json } = {}, shape: Shape = {}) {
  const { strategy: _, ...spec } = deployment('cart', shape)['spec'] as { readonly [field: string]: Json };
  return object('apps/v1', kind, 'cart', { spec: { ...spec, ...fields } });
}

function played(
  kind: 'node-lost' | 'node-lost-in-rollout' | 'node-drained' | 'rollout' | 'bad-image',
  ...objects: ReturnType<typeof object>[]
) {
  return outcome(drillOf(objects), kind, 'cart');
}

const claims = {
  volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { storageClassName: 'local-path' } }],
};
const spreadPods = { pod: spread('cart', { matchLabelKeys: [] }) };
const set = controller('StatefulSet', {}, spreadPods);
const sticky = controller('StatefulSet', claims, spreadPods);

describe('a StatefulSet', () => {
  test('gets no replacement of a pod on a lost node', () => {
    expect(played('node-lost', set)).toMatchObject({
      ready: 2,
      running: 3,
      recovery: { kind: 'until', event: 'the node is back', why: expect.stringContaining('StatefulSet') },
    });
  });

  test('replaces one pod at a time, after it has ended', () => {
    expect(played('rollout', set)).toMatchObject({
      ready: 2,
      running: 3,
      completes: true,
      recovery: { kind: 'within' },
    });
  });

  test('stops at the first pod of a bad image', () => {
    expect(played('bad-image', set)).toMatchObject({ ready: 2, running: 3, completes: false });
  });

  test('may be one short already when a node is lost in its rollout, which then waits', () => {
    expect(played('node-lost-in-rollout', set)).toMatchObject({ ready: 1, completes: false });
  });

  test('starts an evicted pod on another node', () => {
    expect(played('node-drained', set)).toMatchObject({
      ready: 2,
      completes: true,
      recovery: { kind: 'within' },
    });
  });

  test('keeps an evicted pod Pending where its volume is local', () => {
    expect(played('node-drained', sticky)).toMatchObject({
      ready: 2,
      completes: true,
      recovery: {
        kind: 'until',
        event: 'the node is uncordoned',
        why: 'the volume of each pod is on one node',
      },
    });
  });

  test('rolls out on the nodes of its volumes', () => {
    expect(played('rollout', sticky)).toMatchObject({
      ready: 2,
      completes: true,
      recovery: { kind: 'within' },
    });
  });

  test('is not known with volumes of another class', () => {
    const other = {
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { storageClassName: 'fast' } }],
    };
    expect(played('node-lost', controller('StatefulSet', other))).toMatchObject({
      ready: undefined,
      unknown: [expect.stringContaining('volumes of StorageClass fast')],
    });
  });

  test('blocks a drain with a budget of all', () => {
    expect(played('node-drained', set, budget('cart', { minAvailable: 3 }))).toMatchObject({
      ready: 3,
      completes: false,
    });
  });

  test.each([
    ['OnDelete', { updateStrategy: { type: 'OnDelete' } }],
    ['a partition of all', { updateStrategy: { rollingUpdate: { partition: 3 } } }],
  ])('replaces nothing by a rollout with %s', (_, fields) => {
    expect(played('rollout', controller('StatefulSet', fields, spreadPods))).toMatchObject({
      ready: 3,
      recovery: { kind: 'no downtime' },
    });
  });
});

describe('a ReplicaSet', () => {
  test('replaces the pods of a lost node', () => {
    expect(played('node-lost', controller('ReplicaSet', {}, spreadPods))).toMatchObject({
      ready: 2,
      recovery: { kind: 'within' },
    });
  });

  test('has no rollout', () => {
    expect(played('rollout', controller('ReplicaSet', {}, spreadPods))).toMatchObject({
      ready: 3,
      notes: ['a change of the pod template replaces no running pod of a ReplicaSet'],
    });
  });
});

describe('a pod without a controller', () => {
  const pod = { ...object('v1', 'Pod', 'cart', { spec: { containers: [{ name: 'cart' }] } }) };

  test.each(['node-lost', 'node-drained'] as const)('is gone after: %s', (kind) => {
    expect(played(kind, pod)).toMatchObject({
      ready: 0,
      recovery: { kind: 'until', event: 'the pod is created again' },
    });
  });

  test('is refused by kubectl drain', () => {
    expect(played('node-drained', pod)).toMatchObject({
      completes: false,
      stuck: expect.stringContaining('--force'),
    });
  });

  test('restarts in place with another image', () => {
    expect(played('rollout', pod)).toMatchObject({ ready: 0, completes: true, recovery: { kind: 'within' } });
  });
});

describe('pods that never start', () => {
  test.each<[string, Shape, RegExp]>([
    [
      'a label that no node has',
      { pod: { nodeSelector: { disk: 'floppy' } } },
      /the nodeSelector requires disk=floppy/,
    ],
    [
      'a topology that no node has',
      { pod: spread('cart', { topologyKey: 'rack' }) },
      /none of the nodes that may run the pod has the label rack/,
    ],
    ['requests above every node', { requests: { cpu: '9' } }, /a pod requests 9 CPU/],
  ])('guarantee nothing: %s', (_, shape, why) => {
    const drill = drillOf([deployment('cart', shape)]);
    for (const kind of ['node-lost', 'rollout', 'bad-image'] as const)
      expect(outcome(drill, kind, 'cart')).toMatchObject({
        ready: 0,
        recovery: { kind: 'until', why: expect.stringMatching(why) },
      });
  });

  test('end no drain', () => {
    expect(played('node-drained', deployment('cart', { requests: { cpu: '9' } }))).toMatchObject({
      ready: 0,
      completes: true,
    });
  });

  test('are unknown where they name what no manifest describes', () => {
    const container = { envFrom: [{ configMapRef: { name: 'settings' } }] };
    expect(played('node-lost', deployment('cart', { container }))).toMatchObject({
      ready: undefined,
      unknown: ['the pod refers to ConfigMap shop/settings, which no manifest defines'],
    });
  });
});

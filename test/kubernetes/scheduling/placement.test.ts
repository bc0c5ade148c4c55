import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { Manifests } from '../../../lib/kubernetes/manifests';
import { kubeletLabels, type Node } from '../../../lib/kubernetes/scheduling/node';
import { type Demand, demandOf, findUnplaced } from '../../../lib/kubernetes/scheduling/placement';

type Fields = { readonly [field: string]: Json };

function object(kind: string, spec: Fields, apiVersion = 'apps/v1'): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'api', namespace: 'shop' }, spec };
}

const requesting = (cpu: string, memory: string): Fields => ({ resources: { requests: { cpu, memory } } });

/** What the pods of an object ask for, of a pod spec. */
function demanded(kind: string, spec: Fields, pod: Fields, ...others: KubernetesObject[]): readonly Demand[] {
  const manifests = new Manifests([object(kind, { ...spec, template: { spec: pod } }), ...others]);
  return manifests.pods.all.map((each) => demandOf(each, manifests));
}

const containers = [{ name: 'api', ...requesting('250m', '1Ki') }];

describe('what pods ask for', () => {
  test('a Deployment asks for its replicas, and for those that a rollout adds', () => {
    const nodeSelector = { disk: 'fast' };
    const spec = { replicas: 3, strategy: { rollingUpdate: { maxSurge: 2 } } };
    expect(demanded('Deployment', spec, { containers, nodeSelector })).toEqual([
      {
        name: 'api',
        pods: 5,
        requests: { cpu: 0.25, memory: 1024 },
        spec: { containers, nodeSelector },
        isPerNode: false,
      },
    ]);
  });

  test('an autoscaled one asks for the most that the autoscaler makes', () => {
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
    const autoscaler = object(
      'HorizontalPodAutoscaler',
      { scaleTargetRef, maxReplicas: 8 },
      'autoscaling/v2',
    );
    const strategy = { type: 'Recreate' };
    expect(demanded('Deployment', { strategy }, { containers }, autoscaler)).toMatchObject([{ pods: 8 }]);
  });

  test('a DaemonSet asks each node', () => {
    expect(demanded('DaemonSet', {}, { containers })).toMatchObject([{ isPerNode: true }]);
  });
});

describe('the nodes have room', () => {
  const threshold = 100 * 2 ** 20;
  const node = (name: string, cpu: number, memory: number, labels = {}): Node => ({
    name,
    labels: { ...kubeletLabels(name), ...labels },
    capacity: { cpu, memory: memory + threshold },
  });
  const demand = (name: string, pods: number, cpu: number, memory: number, nodeSelector = {}): Demand => ({
    name,
    pods,
    requests: { cpu, memory },
    spec: { nodeSelector },
    isPerNode: false,
  });
  const nodes = [node('one', 4, 8), node('two', 4, 8)];

  test.each([
    ['exactly as much as there is', demand('api', 2, 4, 8), []],
    ['a pod more', demand('api', 3, 4, 8), ['api']],
    ['more CPU', demand('api', 2, 4.1, 1), ['api']],
    ['more memory', demand('api', 2, 1, 8.1), ['api']],
    ['two halves of each node', demand('api', 4, 2, 4), []],
    ['three halves of each node', demand('api', 5, 2, 1), ['api']],
    ['three halves of the memory of each node', demand('api', 5, 1, 4), ['api']],
  ])('for %s', (_, asked, unplaced) => {
    expect(findUnplaced(nodes, nodes, [asked])).toEqual(unplaced);
  });

  test.each([
    ['by CPU', demand('small', 2, 2, 1), demand('large', 1, 4, 1)],
    ['by memory', demand('small', 2, 1, 4), demand('large', 1, 1, 8)],
  ])('the largest pods are placed first, %s, and the small ones find what is left', (_, small, large) => {
    expect(findUnplaced(nodes, nodes, [small, large])).toEqual([]);
  });

  test('pods are spread: each goes to the node that has most of its memory left', () => {
    const three = [...nodes, node('three', 4, 8)];
    expect(findUnplaced(three, three, [demand('few', 3, 1.6, 3.2), demand('many', 6, 1.2, 2.4)])).toEqual([]);
  });

  test('most of its own memory: a large node is no emptier than a small one', () => {
    const unequal = [node('small', 4, 8), node('large', 4, 16, { disk: 'fast' })];
    const pinned = demand('pinned', 2, 1.9, 1, { disk: 'fast' });
    expect(findUnplaced(unequal, unequal, [demand('first', 1, 2, 4), pinned])).toEqual([]);
  });

  test.each([
    ['and has room', 1, []],
    ['and has no room', 2, ['pinned']],
  ])('a pod that asks for labels waits for the node that has them %s', (_, pods, unplaced) => {
    const labelled = [node('one', 4, 8), node('two', 4, 8, { disk: 'fast' })];
    const pinned = demand('pinned', pods, 3, 1, { disk: 'fast', 'kubernetes.io/os': 'linux' });
    expect(findUnplaced(labelled, labelled, [pinned])).toEqual(unplaced);
  });

  test('a pod that waits for the node that is gone is not counted', () => {
    const [lost, ...left] = [node('one', 4, 8, { disk: 'fast' }), node('two', 4, 8)];
    const pinned = demand('pinned', 1, 3, 1, { disk: 'fast' });
    expect(findUnplaced(left, [...(lost ? [lost] : []), ...left], [pinned])).toEqual([]);
  });

  test('a pod that no node could ever hold is', () => {
    expect(findUnplaced(nodes, nodes, [demand('lost', 1, 1, 1, { disk: 'fast' })])).toEqual(['lost']);
  });

  test('a pod that is pinned to a hostname fits on no other node', () => {
    const pinned = demand('pinned', 2, 3, 1, { 'kubernetes.io/hostname': 'one' });
    expect(findUnplaced(nodes, nodes, [pinned])).toEqual(['pinned']);
  });

  test('the pods of a DaemonSet take of every node', () => {
    const daemon = { ...demand('agent', 1, 1, 1), isPerNode: true };
    expect(findUnplaced(nodes, nodes, [daemon, demand('api', 2, 3.1, 1)])).toEqual(['api']);
    expect(findUnplaced(nodes, nodes, [daemon, demand('api', 2, 3, 1)])).toEqual([]);
  });

  test('a node runs no more than 110 pods', () => {
    expect(findUnplaced(nodes, nodes, [demand('api', 220, 0, 0)])).toEqual([]);
    expect(findUnplaced(nodes, nodes, [demand('api', 221, 0, 0)])).toEqual(['api']);
  });
});

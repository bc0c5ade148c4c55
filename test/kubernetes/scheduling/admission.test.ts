import type { PodSpec, Toleration } from '../../../imports/kubernetes/kinds';
import { admits, ignoresTaints, secondsUntilEviction } from '../../../lib/kubernetes/scheduling/admission';
import { kubeletLabels, type Node } from '../../../lib/kubernetes/scheduling/node';

const node: Node = {
  name: 'one',
  labels: { ...kubeletLabels('one-host'), disk: 'fast', size: '5' },
  capacity: { cpu: 4, memory: 2 ** 33 },
};

const affinity = (...nodeSelectorTerms: object[]): PodSpec => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, values }],
});

describe('a node admits a pod', () => {
  test.each<[string, PodSpec, boolean]>([
    ['that asks for nothing', {}, true],
    ['by a label', { nodeSelector: { disk: 'fast' } }, true],
    ['by all labels', { nodeSelector: { disk: 'fast', size: '6' } }, false],
    ['by its hostname, which is not its name', { nodeSelector: { 'kubernetes.io/hostname': 'one' } }, false],
    ['by its hostname', { nodeSelector: { 'kubernetes.io/hostname': 'one-host' } }, true],
    ['by its name', { nodeName: 'two' }, false],
    ['of an architecture that is not stated', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } }, true],
    ['by an affinity', affinity(expression('disk', 'In', 'fast', 'slow')), true],
    [
      'by one of several terms',
      affinity(expression('disk', 'In', 'slow'), expression('disk', 'Exists')),
      true,
    ],
    ['not by an empty term', affinity({}), false],
    ['by the absence of a label', affinity(expression('gpu', 'DoesNotExist')), true],
    ['by another value', affinity(expression('disk', 'NotIn', 'fast')), false],
    ['by a number above', affinity(expression('size', 'Gt', '4')), true],
    ['by a number below', affinity(expression('size', 'Lt', '4')), false],
    [
      'by the name in matchFields',
      affinity({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['one'] }] }),
      true,
    ],
  ])('%s', (_, spec, expected) => {
    expect(admits(spec, node)).toBe(expected);
  });

  test.each<[string, Toleration[], boolean]>([
    ['none', [], false],
    ['the key and the value', [{ key: 'gpu', operator: 'Equal', value: 'a' }], true],
    ['another value', [{ key: 'gpu', value: 'b' }], false],
    ['the key', [{ key: 'gpu', operator: 'Exists' }], true],
    ['another effect', [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }], false],
    ['everything', [{ operator: 'Exists' }], true],
  ])('with a taint where it tolerates %s', (_, tolerations, expected) => {
    const tainted: Node = { ...node, taints: [{ key: 'gpu', value: 'a', effect: 'NoSchedule' }] };
    expect(admits({ tolerations }, tainted)).toBe(expected);
  });

  test('with a taint that only prefers', () => {
    expect(admits({}, { ...node, taints: [{ key: 'gpu', effect: 'PreferNoSchedule' }] })).toBe(true);
  });
});

test('a lost node is tolerated for 300 s by default', () => {
  expect(secondsUntilEviction({})).toBe(300);
});

test('a pod that tolerates everything is put on cordoned nodes', () => {
  expect([ignoresTaints({ tolerations: [{ operator: 'Exists' }] }), ignoresTaints({})]).toEqual([
    true,
    false,
  ]);
});

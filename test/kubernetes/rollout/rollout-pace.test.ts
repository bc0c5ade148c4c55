import { isZeroShare, type PodShare, resolveShare } from '../../../lib/kubernetes/rollout/pod-share';
import { resolvePace } from '../../../lib/kubernetes/rollout/rollout-pace';

const pace = (
  controller: 'Deployment' | 'DaemonSet' | 'StatefulSet',
  maxSurge: PodShare,
  maxUnavailable: PodShare,
  pods: number,
) => {
  const strategy = { kind: 'RollingUpdate', controller, maxSurge, maxUnavailable, partition: 0 } as const;
  const { surge, unavailable } = resolvePace(strategy, pods);
  return [surge, unavailable];
};

test.each<[PodShare, PodShare, number, [number, number]]>([
  ['25%', '25%', 3, [1, 0]],
  ['25%', '25%', 4, [1, 1]],
  ['50%', 0, 3, [2, 0]],
  // The controller makes it 1, or nothing could move.
  [0, '25%', 3, [0, 1]],
  ['0%', '10%', 3, [0, 1]],
  [0, 5, 3, [0, 3]],
  [0, 1, 0, [0, 0]],
])('a Deployment with surge %s and unavailable %s of %d pods: %j', (surge, unavailable, pods, expected) => {
  expect(pace('Deployment', surge, unavailable, pods)).toEqual(expected);
});

test('a DaemonSet rounds what may be unavailable up', () => {
  expect(pace('DaemonSet', 0, '25%', 3)).toEqual([0, 1]);
});

test('another strategy than a rolling update has no pace', () => {
  expect(resolvePace({ kind: 'Recreate' }, 3)).toEqual({ surge: 0, unavailable: 0 });
  expect(resolvePace(undefined, 3)).toEqual({ surge: 0, unavailable: 0 });
});

test('a share is a number or a percentage', () => {
  expect(resolveShare(2, 10, Math.ceil)).toBe(2);
  expect(resolveShare('2', 10, Math.ceil)).toBe(2);
  expect(resolveShare('21%', 10, Math.ceil)).toBe(3);
  expect(resolveShare('29%', 10, Math.floor)).toBe(2);
});

test('only a written zero is zero, as the API server compares it', () => {
  expect([0, '0%', '10%', 1, undefined].map(isZeroShare)).toEqual([true, true, false, false, false]);
});

import { terminationGrace } from '../../../lib/kubernetes/rollout/pod-end';
import { longestRollout } from '../../../lib/kubernetes/rollout/rollout-duration';

test('a pod has as long to end as it says, and half a minute by default', () => {
  expect([terminationGrace({ terminationGracePeriodSeconds: 0 }), terminationGrace({})]).toEqual([0, 30]);
});

test('at worst each pod of a rollout waits for the one before', () => {
  expect(longestRollout(3, 40, 20)).toBe(180);
});

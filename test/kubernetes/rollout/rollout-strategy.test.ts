import type { Json } from '../../../lib/documents/kubernetes';
import { isPaused, rolloutStrategyOf } from '../../../lib/kubernetes/rollout/rollout-strategy';

const strategyOf = (kind: string, spec: Json) =>
  rolloutStrategyOf({ apiVersion: 'apps/v1', kind, metadata: { name: 'cart' }, spec });

test.each<[string, string, Json]>([
  ['a Deployment without a strategy', 'Deployment', {}],
  ['one that states the type alone', 'Deployment', { strategy: { type: 'RollingUpdate' } }],
])('%s may add and miss a quarter', (_, kind, spec) => {
  expect(strategyOf(kind, spec)).toMatchObject({ maxSurge: '25%', maxUnavailable: '25%' });
});

test('a DaemonSet goes without a pod on one node after another, and adds none', () => {
  expect(strategyOf('DaemonSet', {})).toMatchObject({ maxSurge: 0, maxUnavailable: 1 });
});

test('a StatefulSet ends a pod before it makes the new one, whatever maxUnavailable says', () => {
  const updateStrategy = { rollingUpdate: { maxUnavailable: 3, partition: 2 } };
  expect(strategyOf('StatefulSet', { updateStrategy })).toMatchObject({
    ...{ maxSurge: 0, maxUnavailable: 1, partition: 2 },
  });
});

test.each<[string, string, Json]>([
  ['Recreate', 'Deployment', { strategy: { type: 'Recreate' } }],
  ['OnDelete', 'DaemonSet', { updateStrategy: { type: 'OnDelete' } }],
  ['OnDelete', 'StatefulSet', { updateStrategy: { type: 'OnDelete' } }],
])('%s is the strategy of a %s with %j', (kind, object, spec) => {
  expect(strategyOf(object, spec)).toEqual({ kind });
});

test.each(['Job', 'CronJob', 'ReplicaSet', 'Pod'])('a %s has none', (kind) => {
  expect(strategyOf(kind, {})).toBeUndefined();
});

test('a paused Deployment keeps its strategy, and replaces nothing by it', () => {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cart' } };
  expect(isPaused({ ...object, spec: { paused: true } })).toBe(true);
  expect(isPaused({ ...object, spec: {} })).toBe(false);
});

import { driftOf } from '../../../lib/operations/plan/drift';
import { configMap, live } from '../support/objects';

const ours = { honeydue: { 'f:data': { 'f:LEVEL': {} } } };

test('a field that another manager changed is put back', () => {
  const now = live(configMap({ LEVEL: 'debug' }), {
    honeydue: {},
    'kubectl-edit': { 'f:data': { 'f:LEVEL': {} } },
  });
  const result = live(configMap({ LEVEL: 'info' }), ours);
  expect(driftOf(now, result, undefined)).toEqual([
    {
      path: 'data.LEVEL',
      manager: 'kubectl-edit',
      time: '2026-11-30T12:00:00Z',
      outcome: 'put back',
      values: 'has another value',
    },
  ]);
});

test('a field that the manifest changes is no drift', () => {
  const now = live(configMap({ LEVEL: 'debug' }), ours);
  expect(driftOf(now, live(configMap({ LEVEL: 'info' }), ours), undefined)).toEqual([]);
});

test('a field that was removed by hand is put back, if the last revision stated it', () => {
  const now = live(configMap({}), { honeydue: {} });
  const result = live(configMap({ LEVEL: 'info' }), ours);
  expect(driftOf(now, result, configMap({ LEVEL: 'info' }))).toMatchObject([
    { path: 'data.LEVEL', outcome: 'put back' },
  ]);
});

test('an undescribed field that was added by hand is left', () => {
  const added = { ...ours, 'kubectl-patch': { 'f:data': { 'f:EXTRA': {} } } };
  const now = live(configMap({ LEVEL: 'info', EXTRA: 'x' }), added);
  expect(driftOf(now, now, undefined)).toMatchObject([
    { path: 'data.EXTRA', manager: 'kubectl-patch', outcome: 'left', values: 'is not described' },
  ]);
});

test('an object that we never applied has no drift: it is taken over', () => {
  const now = live(configMap({ LEVEL: 'debug' }), { 'kubectl-create': { 'f:data': { 'f:LEVEL': {} } } });
  expect(driftOf(now, live(configMap({ LEVEL: 'info' }), ours), undefined)).toEqual([]);
});

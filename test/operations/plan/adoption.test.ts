import { adoptionOf } from '../../../lib/operations/plan/adoption';
import { configMap, live } from '../support/objects';

const byHand = { 'f:data': { 'f:LEVEL': {}, 'f:OLD': {} } };

test('fields of an object that was created by hand are handed over, and what is not described is removed', () => {
  const adoption = adoptionOf(
    live(configMap({ LEVEL: 'info', OLD: 'x' }), { 'kubectl-create': byHand }),
    configMap({ LEVEL: 'info' }),
  );
  expect(adoption).toMatchObject({ managers: ['kubectl-create'], removed: ['data.OLD'] });
  expect(adoption?.patch.at(-1)).toMatchObject({
    op: 'replace',
    path: '/metadata/managedFields',
    value: [{ manager: 'honeydue', operation: 'Apply', fieldsV1: byHand }],
  });
});

test('what a controller owns too is not removed', () => {
  const managers = { 'kubectl-create': byHand, controller: { 'f:data': { 'f:OLD': {} } } };
  expect(
    adoptionOf(live(configMap({ LEVEL: 'info', OLD: 'x' }), managers), configMap({ LEVEL: 'info' }))?.removed,
  ).toEqual([]);
});

test('an edit of an object of ours is drift, and not handed over', () => {
  const managers = {
    honeydue: { 'f:data': { 'f:LEVEL': {} } },
    'kubectl-edit': { 'f:data': { 'f:OLD': {} } },
  };
  expect(
    adoptionOf(live(configMap({ LEVEL: 'info', OLD: 'x' }), managers), configMap({ LEVEL: 'info' })),
  ).toBeUndefined();
});

test('a rollingUpdate that the API server filled in is removed before Recreate', () => {
  const deployment = (strategy: object) =>
    ({
      ...configMap({}),
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { strategy },
    }) as unknown as ReturnType<typeof configMap>;
  const adoption = adoptionOf(
    live(deployment({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } }), { honeydue: {} }),
    deployment({ type: 'Recreate' }),
  );
  expect(adoption?.patch[1]).toEqual({ op: 'replace', path: '/spec/strategy', value: { type: 'Recreate' } });
});

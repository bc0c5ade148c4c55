import { rollbackTarget } from '../../../lib/operations/revisions/rollback-target';
import { configMap, revision } from '../support/objects';

const found = (...[revisions, choice = {}]: [ReturnType<typeof revision>[], object?]) =>
  rollbackTarget(revisions, { acceptsSchema: false, ...choice });

test('what ran before the latest revision is the target', () => {
  expect(found([revision(3, { state: 'deployed' }), revision(2), revision(1)])).toMatchObject({
    revision: { number: 2 },
  });
});

test('of a failed revision the one that was deployed is the target', () => {
  const revisions = [revision(3, { state: 'failed' }), revision(2, { state: 'deployed' }), revision(1)];
  expect(found(revisions)).toMatchObject({ revision: { number: 2 } });
});

test('after a rollback the target is what ran before, and not what was left', () => {
  const revisions = [revision(3, { state: 'deployed', digest: 'sha256:1' }), revision(2), revision(1)];
  expect(found(revisions)).toMatchObject({ revision: { number: 2 } });
});

test('a number that is not kept is refused', () => {
  expect(found([revision(2, { state: 'deployed' })], { number: 1 })).toEqual({
    kind: 'refused',
    message:
      'Revision 1 is not in the cluster, which keeps 2. To go back to a commit: npx honeydue rollback --to <commit>',
  });
});

describe('a migration that completed since', () => {
  const job = { ...configMap({}, 'migration-2'), kind: 'Job', apiVersion: 'batch/v1' };
  const migrated = revision(2, {
    state: 'deployed',
    migrations: ['Job shop/migration-2'],
    documents: [{ file: '', object: job }],
  });

  test('is a reason to refuse', () => {
    expect(found([migrated, revision(1)])).toEqual({
      kind: 'refused',
      message:
        'Revision 1 is older than a completed migration (Job shop/migration-2), which a rollback does not undo. If the code of revision 1 works with the newer schema, run: npx honeydue rollback 1 --accept-schema',
    });
  });

  test('can be accepted', () => {
    expect(found([migrated, revision(1)], { acceptsSchema: true })).toMatchObject({
      revision: { number: 1 },
    });
  });

  test('of the target itself is none', () => {
    expect(found([revision(3, { state: 'failed' }), migrated])).toMatchObject({ revision: { number: 2 } });
  });
});

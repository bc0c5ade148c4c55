import { availabilityOf } from '../../../lib/operations/deploy/availability';
import { workload } from '../support/objects';

const rolledOut = { replicas: 3, updatedReplicas: 3, availableReplicas: 3 };

test('a Deployment that is rolled out is available', () => {
  expect(availabilityOf('Deployment', workload(rolledOut))).toMatchObject({ isDone: true });
});

test.each([
  [
    'its controller has not seen it',
    { ...rolledOut, observedGeneration: 1 },
    'not processed by its controller yet',
  ],
  ['pods are of the old template', { ...rolledOut, updatedReplicas: 1 }, '1 of 3 updated'],
  ['old pods still run', { ...rolledOut, replicas: 4 }, '1 old pods still run'],
  ['pods are not available', { ...rolledOut, availableReplicas: 2 }, '2 of 3 available'],
])('a Deployment is awaited while %s', (_, status, progress) => {
  expect(availabilityOf('Deployment', workload(status))).toEqual({
    isDone: false,
    failed: undefined,
    progress,
  });
});

test('a Deployment past its deadline has failed, in the words of its controller', () => {
  const conditions = [
    {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: 'ReplicaSet "api-1" has timed out progressing.',
    },
  ];
  const found = availabilityOf('Deployment', workload({ ...rolledOut, availableReplicas: 0, conditions }));
  expect(found.failed).toBe('ReplicaSet "api-1" has timed out progressing.');
});

test('a Job is awaited until it is complete', () => {
  expect(availabilityOf('Job', workload({ active: 1 }))).toMatchObject({
    isDone: false,
    progress: '1 running',
  });
  const conditions = [{ type: 'Complete', status: 'True' }];
  expect(availabilityOf('Job', workload({ conditions }))).toMatchObject({ isDone: true });
});

test('a Job that failed says why', () => {
  const conditions = [
    {
      type: 'Failed',
      status: 'True',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    },
  ];
  expect(availabilityOf('Job', workload({ conditions })).failed).toBe(
    'BackoffLimitExceeded: Job has reached the specified backoff limit',
  );
});

import type { Json } from '../../../lib/documents/kubernetes';
import { type CountedBy, knownMost, podCountOf } from '../../../lib/kubernetes/workloads/pod-count';

type Fields = { readonly [field: string]: Json };

function countOf(kind: string, spec: Fields, by: CountedBy = {}): (number | undefined)[] {
  const apiVersion = kind === 'Pod' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  const { least, most } = podCountOf({ apiVersion, kind, metadata: { name: 'api' }, spec }, by);
  return [least, most];
}

const unbounded = Number.POSITIVE_INFINITY;

test.each<[string, string, Fields, CountedBy, [number, number]]>([
  ['a Pod is one', 'Pod', {}, {}, [1, 1]],
  ['a Deployment has one by default', 'Deployment', {}, {}, [1, 1]],
  ['a StatefulSet has its replicas', 'StatefulSet', { replicas: 3 }, {}, [3, 3]],
  ['an autoscaler has bounds', 'Deployment', {}, { autoscaler: { minReplicas: 2, maxReplicas: 5 } }, [2, 5]],
  ['an autoscaler begins at one', 'Deployment', {}, { autoscaler: { maxReplicas: 5 } }, [1, 5]],
  [
    'what is scaled to zero is left there',
    'Deployment',
    { replicas: 0 },
    { autoscaler: { maxReplicas: 5 } },
    [0, 0],
  ],
  ['a DaemonSet has one a node', 'DaemonSet', {}, { admittingNodes: 4 }, [4, 4]],
  ['a DaemonSet on unknown nodes has one or more', 'DaemonSet', {}, {}, [1, unbounded]],
  ['a Job runs one', 'Job', {}, {}, [1, 1]],
  ['a Job runs as many as its parallelism', 'Job', { parallelism: 4 }, {}, [4, 4]],
  ['a Job runs no more than are to complete', 'Job', { parallelism: 4, completions: 3 }, {}, [3, 3]],
  ['a Job runs one after another', 'Job', { completions: 3 }, {}, [1, 1]],
  ['a suspended Job runs none', 'Job', { suspend: true, parallelism: 4 }, {}, [0, 0]],
  ['a CronJob may overlap', 'CronJob', { jobTemplate: { spec: { parallelism: 2 } } }, {}, [2, unbounded]],
  [
    'a CronJob may forbid that',
    'CronJob',
    { concurrencyPolicy: 'Forbid', jobTemplate: { spec: { parallelism: 2 } } },
    {},
    [2, 2],
  ],
  ['a suspended CronJob runs none', 'CronJob', { suspend: true }, {}, [0, 0]],
])('%s', (_, kind, spec, by, expected) => {
  expect(countOf(kind, spec, by)).toEqual(expected);
});

test('of what nothing bounds the least is known', () => {
  expect([knownMost({ least: 1, most: unbounded }), knownMost({ least: 1, most: 3 })]).toEqual([1, 3]);
});

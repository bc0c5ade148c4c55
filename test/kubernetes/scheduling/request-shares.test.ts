import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { Manifests } from '../../../lib/kubernetes/manifests';
import { requestShares } from '../../../lib/kubernetes/scheduling/request-shares';

function workload(name: string, replicas: number, requests: Json, kind = 'Deployment'): KubernetesObject {
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name, resources: { requests } }] },
  };
  return {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace: 'shop' },
    spec: kind === 'Job' ? { template } : { replicas, selector: { matchLabels: { app: name } }, template },
  };
}

const shares = (...objects: KubernetesObject[]) =>
  requestShares(new Manifests(objects)).map(({ object, share }) => [object.metadata.name, share]);

test('a share is the mean of the shares of CPU and memory', () => {
  expect(
    shares(workload('a', 1, { cpu: '1', memory: '1Gi' }), workload('b', 3, { cpu: '1', memory: '1Gi' })),
  ).toEqual([
    ['a', 0.25],
    ['b', 0.75],
  ]);
});

test('a resource that no workload requests does not count', () => {
  expect(shares(workload('a', 1, { cpu: '1' }), workload('b', 1, { cpu: '3' }))).toEqual([
    ['a', 0.25],
    ['b', 0.75],
  ]);
});

test('a Job has no share', () => {
  expect(shares(workload('a', 1, { cpu: '1' }), workload('b', 1, { cpu: '3' }, 'Job'))).toEqual([['a', 1]]);
});

test('without a request there are no shares', () => {
  expect(shares(workload('a', 1, {}))).toEqual([]);
});

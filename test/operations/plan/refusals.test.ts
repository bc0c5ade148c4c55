import { planDriftText, wrongCluster } from '../../../lib/operations/plan/refusals';

const identity = { uid: 'u-1', minor: 'v1.34', version: 'v1.34.6+k3s1', nodes: ['a', 'b'] };
const node = (name: string) => ({
  name,
  labels: {},
  capacity: { cpu: 1, memory: 1 },
  reserved: { cpu: 0, memory: 0 },
});
const described = { minor: 'v1.34', nodes: [node('a'), node('b')] as never[] };
const wrong = (uid: string | undefined, more: object = {}) =>
  wrongCluster({ ...described, ...more }, identity, 'lab', { uid, file: 'config/production.cluster.yaml' });

test('the recorded cluster is right, whatever its nodes are called', () => {
  expect(wrong('u-1', { nodes: [node('x')] })).toBeUndefined();
});

test('a cluster with every node of the configuration is right before it is recorded', () => {
  expect(wrong(undefined)).toBeUndefined();
});

test('another uid is refused', () => {
  expect(wrong('u-2')).toBe(
    'Context lab is another cluster: its uid is u-1, but config/production.cluster.yaml has u-2. Select the right context with --context. If the cluster was recreated, delete config/production.cluster.yaml.',
  );
});

test('a cluster that lacks nodes of the configuration is refused before it is recorded', () => {
  expect(wrong(undefined, { nodes: [node('a'), node('c')] })).toMatch(
    /^Context lab has no recorded deployment, and its nodes \(a, b\) do not include c, which the configuration has\./,
  );
});

test('another minor version is refused', () => {
  expect(wrong('u-1', { minor: 'v1.35' })).toMatch(
    /^The cluster runs Kubernetes v1\.34\.6\+k3s1, but the configuration sets v1\.35/,
  );
});

test.each([
  [
    { path: 'spec.replicas', what: 'changed', manager: 'kubectl-edit', time: '2026-11-30T12:00:00Z' },
    'Deployment shop/api spec.replicas: was changed by kubectl-edit at 2026-11-30T12:00:00Z',
  ],
  [{ path: '', what: 'deleted', manager: '', time: '' }, 'Deployment shop/api: was deleted'],
  [
    { path: '', what: 'result changed', manager: '', time: '' },
    'Deployment shop/api: a dry run of the same manifest now has a different result',
  ],
] as const)('a drift names what it knows: %j', (drift, text) => {
  expect(planDriftText({ object: 'Deployment shop/api', ...drift })).toBe(text);
});

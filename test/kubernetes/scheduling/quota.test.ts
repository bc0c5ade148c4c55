import type { ResourceQuotaSpec } from '../../../imports/kubernetes/kinds';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { Manifests } from '../../../lib/kubernetes/manifests';
import { isInScope, quotaPeak } from '../../../lib/kubernetes/scheduling/quota';

type Fields = { readonly [field: string]: Json };

function deployment(pod: Fields, replicas = 2): KubernetesObject {
  const spec = { replicas, template: { spec: pod } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api', namespace: 'shop' }, spec };
}

const requesting: Fields = { containers: [{ name: 'api', resources: { requests: { memory: '1Gi' } } }] };

test.each<[string, number | undefined]>([
  ['pods', 3],
  ['count/pods', 3],
  ['requests.memory', 3 * 2 ** 30],
  ['memory', 3 * 2 ** 30],
  ['limits.memory', 0],
  ['requests.storage', undefined],
  ['count/secrets', undefined],
  ['configmaps', undefined],
])('a quota counts %s at the peak of a rollout', (name, peak) => {
  expect(quotaPeak(new Manifests([deployment(requesting)]), 'shop', {}, name)).toBe(peak);
});

test('a quota counts its own namespace', () => {
  expect(quotaPeak(new Manifests([deployment(requesting)]), 'other', {}, 'pods')).toBe(0);
});

const priority = (operator: string, ...values: string[]): ResourceQuotaSpec => ({
  scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values }] },
});

test.each<[string, Fields, ResourceQuotaSpec, boolean | undefined]>([
  ['without scopes', {}, {}, true],
  ['that ends', { activeDeadlineSeconds: 5 }, { scopes: ['Terminating'] }, true],
  ['that does not end', {}, { scopes: ['Terminating'] }, false],
  ['that requests nothing', { containers: [{ name: 'a' }] }, { scopes: ['BestEffort'] }, true],
  ['that requests something', requesting, { scopes: ['BestEffort'] }, false],
  ['of a class', { priorityClassName: 'high' }, priority('In', 'high'), true],
  ['of another class', { priorityClassName: 'low' }, priority('In', 'high'), false],
  ['of no class', {}, priority('Exists'), false],
  ['of a scope that no manifest decides', {}, { scopes: ['CrossNamespacePodAffinity'] }, undefined],
])('a quota counts a pod %s', (_, pod, scope, expected) => {
  const [only] = new Manifests([deployment(pod)]).pods.all;
  expect(only && isInScope(only, scope)).toBe(expected);
});

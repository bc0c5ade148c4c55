import servedKinds from '../../../imports/kubernetes/served.json';
import { groupOf, homeGroupOf, isKnownGroup, storedGroupOf } from '../../../lib/kubernetes/objects/groups';
import { isClusterScoped } from '../../../lib/kubernetes/objects/scope';

test.each([
  ['v1', ''],
  ['apps/v1', 'apps'],
  ['networking.k8s.io/v1', 'networking.k8s.io'],
])('the group of %s is "%s"', (apiVersion, group) => {
  expect(groupOf(apiVersion)).toBe(group);
});

test('a kind of the API server has one group by which its name alone is enough', () => {
  for (const served of servedKinds.kinds) {
    const [each = ''] = served.split('@');
    const kind = each.slice(each.lastIndexOf('/') + 1);
    // Both groups serve Events, and an Eviction of policy is no object.
    if (['Event', 'Eviction'].includes(kind)) continue;
    expect([kind, homeGroupOf(kind)]).toEqual([kind, groupOf(each.slice(0, each.lastIndexOf('/')))]);
  }
});

test('a kind that another known group serves is kept in that one', () => {
  expect(storedGroupOf('v1', 'Deployment')).toBe('apps');
  expect(storedGroupOf('extensions/v1beta1', 'Ingress')).toBe('networking.k8s.io');
  expect(storedGroupOf('projectcalico.org/v3', 'NetworkPolicy')).toBe('projectcalico.org');
});

test('groups of others are not known', () => {
  expect(['', 'apps', 'traefik.io'].map(isKnownGroup)).toEqual([true, true, true]);
  expect(['projectcalico.org', 'extensions'].map(isKnownGroup)).toEqual([false, false]);
});

// The paths of the OpenAPI document with and without namespaces/{namespace}; `kubectl api-resources --namespaced=false`.
test.each([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ClusterRole',
  'IngressClass',
  'CSIDriver',
  'APIService',
])('%s has no namespace', (kind) => {
  expect(isClusterScoped(kind)).toBe(true);
});

test.each([
  'Pod',
  'PersistentVolumeClaim',
  'Role',
  'Ingress',
  'CSIStorageCapacity',
  'LocalSubjectAccessReview',
])('%s has a namespace', (kind) => {
  expect(isClusterScoped(kind)).toBe(false);
});

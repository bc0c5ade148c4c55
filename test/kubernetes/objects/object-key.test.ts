import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { describeObject, kindOf, objectKey } from '../../../lib/kubernetes/objects/object-key';

function object(apiVersion: string, kind: string, name = 'web', namespace?: string): KubernetesObject {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

const same = (a: KubernetesObject, b: KubernetesObject) => objectKey(a) === objectKey(b);

describe('the key of an object', () => {
  test('has the group', () => {
    const core = object('networking.k8s.io/v1', 'NetworkPolicy');
    expect(same(core, object('projectcalico.org/v3', 'NetworkPolicy'))).toBe(false);
    expect(same(core, object('crd.projectcalico.org/v1', 'NetworkPolicy'))).toBe(false);
  });

  test('has the group of kinds that nothing here knows', () => {
    expect(
      same(object('postgresql.cnpg.io/v1', 'Cluster'), object('cluster.x-k8s.io/v1beta1', 'Cluster')),
    ).toBe(false);
  });

  test('has the kind, the namespace and the name', () => {
    const web = object('v1', 'Service', 'web', 'shop');
    expect(same(web, object('v1', 'ConfigMap', 'web', 'shop'))).toBe(false);
    expect(same(web, object('v1', 'Service', 'web', 'other'))).toBe(false);
    expect(same(web, object('v1', 'Service', 'api', 'shop'))).toBe(false);
  });

  test.each([
    ['batch/v1beta1', 'batch/v1', 'CronJob'],
    ['autoscaling/v1', 'autoscaling/v2', 'HorizontalPodAutoscaler'],
    ['traefik.io/v1', 'traefik.io/v1alpha1', 'Middleware'],
    ['example.com/v1beta1', 'example.com/v1', 'Database'],
  ])('has no version: %s and %s', (before, after, kind) => {
    expect(same(object(before, kind), object(after, kind))).toBe(true);
  });

  test.each([
    ['Deployment', 'apps/v1'],
    ['Ingress', 'networking.k8s.io/v1'],
    ['NetworkPolicy', 'networking.k8s.io/v1'],
  ])('is that of the group to which %s moved from extensions', (kind, apiVersion) => {
    expect(same(object('extensions/v1beta1', kind), object(apiVersion, kind))).toBe(true);
  });

  test('is another for a group of custom kinds that moved: Traefik’s objects are made anew', () => {
    const [old, now] = ['traefik.containo.us/v1alpha1', 'traefik.io/v1alpha1'];
    expect(same(object(old, 'Middleware'), object(now, 'Middleware'))).toBe(false);
  });

  test('takes an object without a namespace for one of the namespace default', () => {
    expect(same(object('v1', 'Service'), object('v1', 'Service', 'web', 'default'))).toBe(true);
    expect(same(object('v1', 'Service'), object('v1', 'Service', 'web', 'shop'))).toBe(false);
  });

  test.each([
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['v1', 'PersistentVolume'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['node.k8s.io/v1', 'RuntimeClass'],
  ])('has no namespace in the cluster-scoped %s %s', (apiVersion, kind) => {
    expect(same(object(apiVersion, kind), object(apiVersion, kind, 'web', 'shop'))).toBe(true);
  });

  test('has the namespace of a kind that only shares its name with a cluster-scoped one', () => {
    const [here, there] = ['shop', 'other'].map((each) => object('example.com/v1', 'Node', 'web', each));
    expect(here && there && same(here, there)).toBe(false);
  });
});

describe('the name of an object in messages', () => {
  test.each([
    [object('apps/v1', 'Deployment', 'api', 'shop'), 'Deployment shop/api'],
    [object('v1', 'Namespace', 'shop'), 'Namespace shop'],
    [object('traefik.io/v1alpha1', 'Middleware', 'auth', 'shop'), 'Middleware shop/auth'],
    [object('postgresql.cnpg.io/v1', 'Cluster', 'pg', 'shop'), 'Cluster shop/pg'],
    [object('projectcalico.org/v3', 'NetworkPolicy', 'a', 'shop'), 'NetworkPolicy.projectcalico.org shop/a'],
    [object('serving.knative.dev/v1', 'Service', 'a', 'shop'), 'Service.serving.knative.dev shop/a'],
    [object('traefik.containo.us/v1alpha1', 'Middleware', 'a'), 'Middleware.traefik.containo.us a'],
    [object('v1', 'Deployment', 'api'), 'Deployment api'],
  ])('of %j is %s', (given, name) => {
    expect(describeObject(given)).toBe(name);
  });

  test('begins with the kind by which analyses know it', () => {
    expect(kindOf(object('serving.knative.dev/v1', 'Service'))).not.toBe('Service');
    expect(kindOf(object('v1', 'Service'))).toBe('Service');
  });
});

import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { deleteCommand, inNamespace, resourceOf } from '../../../lib/kubernetes/objects/kubectl';

function object(apiVersion: string, kind: string, namespace?: string): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'web', ...(namespace !== undefined && { namespace }) } };
}

// kubectl takes a resource or a kind, in any case, with its group: cli-runtime's resource.Builder.mappingFor.
test.each([
  [object('v1', 'Service', 'shop'), 'kubectl delete service web -n shop'],
  [object('apps/v1', 'Deployment'), 'kubectl delete deployment web'],
  [
    object('helm.cattle.io/v1', 'HelmChart', 'kube-system'),
    'kubectl delete helmchart.helm.cattle.io web -n kube-system',
  ],
  [
    object('traefik.io/v1alpha1', 'IngressRoute', 'shop'),
    'kubectl delete ingressroute.traefik.io web -n shop',
  ],
  [
    object('serving.knative.dev/v1', 'Service', 'shop'),
    'kubectl delete service.serving.knative.dev web -n shop',
  ],
  [
    object('postgresql.cnpg.io/v1', 'Cluster', 'shop'),
    'kubectl delete cluster.postgresql.cnpg.io web -n shop',
  ],
  [object('storage.k8s.io/v1', 'StorageClass', 'shop'), 'kubectl delete storageclass web'],
])('%j is deleted by %s', (given, command) => {
  expect(deleteCommand(given)).toBe(command);
});

test('a resource has its group where the kind alone would mean another', () => {
  expect(resourceOf(object('apps/v1', 'Deployment'))).toBe('deployment/web');
  expect(resourceOf(object('serving.knative.dev/v1', 'Service'))).toBe('service.serving.knative.dev/web');
});

test('a namespace is named only where there is one', () => {
  expect(inNamespace(object('v1', 'Service', 'shop'))).toBe(' -n shop');
  expect(inNamespace(object('v1', 'Service'))).toBe('');
  expect(inNamespace(object('v1', 'Namespace', 'shop'))).toBe('');
});

import type { KubernetesObject } from '../../../../lib/documents/kubernetes';
import { defaultTopology } from '../../../../lib/kubernetes/k3s-network';
import type { DesiredState } from '../../../../lib/operations/plan/desired';

/** A small shop: the second version changes a value, an image and the number of pods, adds a Service, and leaves out a budget. */
export function smallShop(namespace: string, version: 1 | 2): DesiredState {
  const metadata = (name: string) => ({ name, namespace });
  const labels = { 'app.kubernetes.io/name': 'cart' };
  const objects: [file: string, object: object][] = [
    ['0-namespace.k8s.yaml', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }],
    [
      '1-config.k8s.yaml',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: metadata('settings'),
        data: { VERSION: `${version}` },
      },
    ],
    [
      '2-migration.k8s.yaml',
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: metadata(`migration-${version}`),
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'migration', image: `shop/cart:${version}` }],
            },
          },
        },
      },
    ],
    [
      '3-cart.k8s.yaml',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: metadata('cart'),
        spec: {
          replicas: version,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { containers: [{ name: 'cart', image: `shop/cart:${version}` }] },
          },
        },
      },
    ],
    version === 1
      ? [
          '3-cart.k8s.yaml',
          {
            apiVersion: 'policy/v1',
            kind: 'PodDisruptionBudget',
            metadata: metadata('cart-pdb'),
            spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
          },
        ]
      : [
          '3-cart.k8s.yaml',
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: metadata('cart'),
            spec: { selector: labels, ports: [{ port: 80 }] },
          },
        ],
  ];
  return {
    name: namespace,
    documents: objects.map(([file, object]) => ({ file, object: object as KubernetesObject })),
    minor: 'v1.34',
    nodes: [],
    topology: defaultTopology,
    origin: { commit: '', isDirty: false },
  };
}

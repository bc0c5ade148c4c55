import { Drill } from '../../../lib/analysis/drill/drill';
import { analyse } from '../../../lib/analysis/flows/reachability';
import { drawPicture } from '../../../lib/analysis/picture/draw';
import type { Picture } from '../../../lib/analysis/picture/picture';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';

/** The picture of manifests of any origin. */
function pictured(...objects: KubernetesObject[]): Picture {
  const drill = Drill.of(objects, { nodes: [] });
  const { connections } = analyse(objects, defaultTopology);
  return drawPicture({ drill, connections, stacks: [], knowsNodes: false });
}

const metadata = (name: string, namespace = 'shop') => ({ name, namespace });

function workload(name: string, more: object = {}, kind = 'Deployment'): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: metadata(name),
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: `${name}:1` }] },
      },
      ...more,
    },
  } as KubernetesObject;
}

const service = (type?: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('cart'),
  spec: {
    selector: { app: 'cart' },
    ports: [{ port: 80, targetPort: 8080 }],
    ...(type !== undefined && { type }),
  },
});

const ingress: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: metadata('cart'),
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'cart.example.com',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'cart', port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
};

/** A policy that admits only the pods of one app. */
const onlyFrom = (app: string): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata('cart'),
  spec: {
    podSelector: { matchLabels: { app: 'cart' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app } } }], ports: [{ port: 8080 }] }],
  },
});

const toPods = 'Service shop/cart -> Deployment shop/cart';
const line = (picture: Picture, id: string) => picture.lines.find((each) => each.id === id);

describe('the way of a request', () => {
  test('passes the class of the Ingress where no nodes are stated', () => {
    const way = pictured(workload('cart'), service(), ingress).lines.map(({ id }) => id);
    expect(way).toEqual(['visitor -> controller', 'controller -> Service shop/cart', toPods]);
  });

  test('begins at a Service that is open to the outside', () => {
    const way = pictured(workload('cart'), service('LoadBalancer')).lines.map(({ id }) => id);
    expect(way).toEqual(['visitor -> Service shop/cart', toPods]);
  });

  test('is not drawn for a Service that nothing outside reaches', () => {
    expect(pictured(workload('cart'), service()).boxes.map(({ id }) => id)).toEqual(['Deployment shop/cart']);
  });

  test('is refused if the policies admit no connection from outside of the namespace', () => {
    const picture = pictured(workload('cart'), workload('front'), service(), ingress, onlyFrom('front'));
    expect(line(picture, toPods)).toMatchObject({ isRefused: true });
  });

  test('is not refused without a policy', () => {
    expect(line(pictured(workload('cart'), service(), ingress), toPods)).toMatchObject({ isRefused: false });
  });
});

describe('what pods reach', () => {
  test('has a line for a connection that a policy allows', () => {
    const picture = pictured(workload('cart'), workload('front'), onlyFrom('front'));
    expect(line(picture, 'Deployment shop/front -> Deployment shop/cart')).toMatchObject({ ports: '8080' });
  });

  test('has no line where no policy restricts anything', () => {
    expect(pictured(workload('cart'), workload('front')).lines).toEqual([]);
  });

  test('has the volumes of a StatefulSet', () => {
    const volumeClaimTemplates = [
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'fast',
          resources: { requests: { storage: '20Gi' } },
        },
      },
    ];
    const [box] = pictured(workload('db', { serviceName: 'db', volumeClaimTemplates }, 'StatefulSet')).boxes;
    expect(box?.volumes).toEqual(['data, 20Gi on fast']);
  });
});

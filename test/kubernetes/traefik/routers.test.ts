import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { Manifests } from '../../../lib/kubernetes/manifests';
import { traefikRouters } from '../../../lib/kubernetes/traefik/routers';

function routers(yaml: string) {
  const objects = parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);
  return traefikRouters(new Manifests(objects)).map(
    ({ match, priority, priorityPath, entryPoints, backends }) => ({
      ...{ match, priority, priorityPath, entryPoints },
      services: backends.map(({ name, port }) => `${name}:${port}`),
    }),
  );
}

const ingress = (spec: string, annotations = '{}') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop, annotations: ${annotations} }
spec: ${spec}
`;
const paths = (...lines: string[]) =>
  `http: { paths: [${lines.map((line) => `{ ${line}, backend: { service: { name: shop, port: { number: 80 } } } }`).join(', ')}] }`;

describe("Traefik's routers", () => {
  test('match the host and each path of an Ingress, with the length of the match as priority', () => {
    const rule = `{ host: a.example.com, ${paths('path: /x, pathType: Exact', 'path: /, pathType: Prefix')} }`;
    expect(routers(ingress(`{ rules: [${rule}] }`))).toEqual([
      {
        ...{ match: 'Host(`a.example.com`) && Path(`/x`)', priority: 35 },
        ...{ priorityPath: 'spec.rules[0].host', entryPoints: undefined, services: ['shop:80'] },
      },
      {
        ...{ match: 'Host(`a.example.com`) && PathPrefix(`/`)', priority: 40 },
        ...{ priorityPath: 'spec.rules[0].host', entryPoints: undefined, services: ['shop:80'] },
      },
    ]);
  });

  test('take priority, entry points and matcher from annotations', () => {
    const rule = `{ ${paths('path: /x, pathType: ImplementationSpecific')} }`;
    const annotations = `{ traefik.ingress.kubernetes.io/router.priority: "7", traefik.ingress.kubernetes.io/router.entrypoints: "web,websecure", traefik.ingress.kubernetes.io/router.pathmatcher: PathRegexp }`;
    expect(routers(ingress(`{ rules: [${rule}] }`, annotations))).toMatchObject([
      { match: 'PathRegexp(`/x`)', priority: 7, entryPoints: ['web', 'websecure'] },
    ]);
  });

  test('match one label for a wildcard host', () => {
    expect(
      routers(ingress(`{ rules: [{ host: "*.example.com", ${paths('pathType: Prefix, path: /')} }] }`)),
    ).toMatchObject([{ match: 'HostRegexp(`^[a-zA-Z0-9-]+\\.example\\.com$`) && PathPrefix(`/`)' }]);
  });

  test('come last for a default backend', () => {
    const backend = '{ defaultBackend: { service: { name: shop, port: { name: http } } } }';
    expect(routers(ingress(backend))).toMatchObject([
      { match: 'PathPrefix(`/`)', priority: -(2 ** 31), services: ['shop:http'] },
    ]);
  });

  test('leave out an Ingress of another class', () => {
    expect(routers(ingress(`{ ingressClassName: nginx, rules: [{ ${paths('path: /')} }] }`))).toEqual([]);
    expect(
      routers(ingress(`{ rules: [{ ${paths('path: /')} }] }`, '{ kubernetes.io/ingress.class: nginx }')),
    ).toEqual([]);
  });

  test('are the routes of an IngressRoute', () => {
    const route = `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: shop, namespace: shop }
spec:
  entryPoints: [websecure]
  routes:
    - { kind: Rule, match: Host(\`a.example.com\`), priority: 9, services: [{ name: shop, port: 80 }, { name: other, port: http }] }
`;
    expect(routers(route)).toEqual([
      {
        ...{ match: 'Host(`a.example.com`)', priority: 9, priorityPath: 'spec.routes[0].priority' },
        ...{ entryPoints: ['websecure'], services: ['shop:80', 'other:http'] },
      },
    ]);
  });
});

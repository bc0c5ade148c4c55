import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { Manifests } from '../../../lib/kubernetes/manifests';

function read(text: string): Manifests {
  return new Manifests(parseAllDocuments(text).map((each) => each.toJS() as KubernetesObject));
}

/** What an object names, a line a reference: `path: kind namespace/name key`. */
function named(text: string): string[] {
  return read(text).references.all.map(({ path, value }) => {
    const { kind, namespace, name, key, isOptional, use } = value;
    const what = [`${kind} ${namespace}/${name}`, key, isOptional ? 'optional' : undefined, use];
    return `${path}: ${what.filter((each) => each !== undefined).join(' ')}`;
  });
}

const pod = (spec: string) => `
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop }
spec: { ${spec} }
`;

describe('a pod names', () => {
  test.each([
    [
      'a key of a Secret in a variable',
      'containers: [{ name: a, env: [{ name: A, valueFrom: { secretKeyRef: { name: s, key: k } } }] }]',
      ['spec.containers[0].env[0].valueFrom.secretKeyRef: Secret shop/s k environment'],
    ],
    [
      'a key of a ConfigMap in a variable of an init container',
      'initContainers: [{ name: a, env: [{ name: A, valueFrom: { configMapKeyRef: { name: c, key: k, optional: true } } }] }]',
      ['spec.initContainers[0].env[0].valueFrom.configMapKeyRef: ConfigMap shop/c k optional environment'],
    ],
    [
      'the whole of a ConfigMap and a Secret for variables',
      'containers: [{ name: a, envFrom: [{ configMapRef: { name: c } }, { secretRef: { name: s } }] }]',
      [
        'spec.containers[0].envFrom[0].configMapRef: ConfigMap shop/c environment',
        'spec.containers[0].envFrom[1].secretRef: Secret shop/s environment',
      ],
    ],
    [
      'all keys, or those that are listed, for a volume',
      'volumes: [{ name: a, configMap: { name: c } }, { name: b, secret: { secretName: s, items: [{ key: k, path: k }, { key: l, path: l }] } }]',
      [
        'spec.volumes[0].configMap: ConfigMap shop/c volume',
        'spec.volumes[1].secret.items[0]: Secret shop/s k volume',
        'spec.volumes[1].secret.items[1]: Secret shop/s l volume',
      ],
    ],
    [
      'the sources of a projected volume',
      'volumes: [{ name: a, projected: { sources: [{ secret: { name: s, optional: true } }, { configMap: { name: c, items: [{ key: k, path: k }] } }, { serviceAccountToken: { path: t } }] } }]',
      [
        'spec.volumes[0].projected.sources[0].secret: Secret shop/s optional volume',
        'spec.volumes[0].projected.sources[1].configMap.items[0]: ConfigMap shop/c k volume',
      ],
    ],
    [
      'the credentials of its registry',
      'imagePullSecrets: [{ name: s }]',
      ['spec.imagePullSecrets[0]: Secret shop/s .dockerconfigjson image pull'],
    ],
    [
      'a claim, and the Secret of a driver',
      'volumes: [{ name: a, persistentVolumeClaim: { claimName: d } }, { name: b, csi: { driver: x, nodePublishSecretRef: { name: s } } }]',
      [
        'spec.volumes[0].persistentVolumeClaim.claimName: PersistentVolumeClaim shop/d volume',
        'spec.volumes[1].csi.nodePublishSecretRef: Secret shop/s volume',
      ],
    ],
    [
      'its account and its classes',
      'serviceAccountName: a, priorityClassName: high, runtimeClassName: gvisor',
      [
        'spec.serviceAccountName: ServiceAccount shop/a field',
        'spec.priorityClassName: PriorityClass shop/high field',
        'spec.runtimeClassName: RuntimeClass shop/gvisor field',
      ],
    ],
  ])('%s', (_, spec, expected) => {
    expect(named(pod(spec))).toEqual(expected);
  });

  test('nothing where a name is missing, or empty where that means unset', () => {
    expect(
      named(pod('containers: [{ name: a, envFrom: [{ secretRef: {} }] }], serviceAccountName: ""')),
    ).toEqual([]);
  });

  test('an empty name where the API server refuses it', () => {
    const spec =
      'containers: [{ name: a, envFrom: [{ configMapRef: { name: "" } }] }], volumes: [{ name: v, persistentVolumeClaim: { claimName: "" } }]';
    expect(named(pod(spec))).toEqual([
      'spec.containers[0].envFrom[0].configMapRef: ConfigMap shop/ environment',
      'spec.volumes[0].persistentVolumeClaim.claimName: PersistentVolumeClaim shop/ volume',
    ]);
  });
});

describe('an object names', () => {
  test.each([
    [
      'its Services, certificates, class and middlewares: an Ingress',
      `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, namespace: shop, annotations: { traefik.ingress.kubernetes.io/router.middlewares: 'shop-auth@kubernetescrd, x@file' } }
spec:
  ingressClassName: traefik
  tls: [{ secretName: tls }]
  defaultBackend: { service: { name: web } }
  rules: [{ http: { paths: [{ backend: { service: { name: api } } }] } }]
`,
      [
        'spec.ingressClassName: IngressClass shop/traefik field',
        'spec.tls[0].secretName: Secret shop/tls tls.crt field',
        'spec.tls[0].secretName: Secret shop/tls tls.key field',
        'spec.defaultBackend.service: Service shop/web field',
        'spec.rules[0].http.paths[0].backend.service: Service shop/api field',
        'metadata.annotations["traefik.ingress.kubernetes.io/router.middlewares"]: Middleware /shop-auth@kubernetescrd field',
        'metadata.annotations["traefik.ingress.kubernetes.io/router.middlewares"]: Middleware /x@file field',
      ],
    ],
    [
      'its role and accounts: a binding',
      `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: a, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: r }
subjects: [{ kind: ServiceAccount, name: s, namespace: other }, { kind: User, name: u }]
`,
      ['roleRef: Role shop/r field', 'subjects[0]: ServiceAccount other/s optional field'],
    ],
    [
      'its class and volume: a claim',
      `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: a, namespace: shop }
spec: { storageClassName: fast, volumeName: v }
`,
      [
        'spec.storageClassName: StorageClass shop/fast field',
        'spec.volumeName: PersistentVolume shop/v field',
      ],
    ],
    [
      'what it scales: an autoscaler',
      `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: a, namespace: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api } }
`,
      ['spec.scaleTargetRef: Deployment shop/api field'],
    ],
    [
      'the other middlewares and the Service of its errors: a Middleware',
      `
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: a, namespace: shop }
spec: { chain: { middlewares: [{ name: b, namespace: other }] }, errors: { service: { name: e } }, basicAuth: { secret: s } }
`,
      [
        'spec.basicAuth.secret: Secret shop/s field',
        'spec.chain.middlewares[0].name: Middleware other/b field',
        'spec.errors.service: Service shop/e field',
      ],
    ],
    [
      'the Secrets of its values: a chart',
      `
apiVersion: helm.cattle.io/v1
kind: HelmChartConfig
metadata: { name: a, namespace: kube-system }
spec: { valuesSecrets: [{ name: s, keys: [v] }] }
`,
      ['spec.valuesSecrets[0]: Secret kube-system/s v field'],
    ],
  ])('%s', (_, text, expected) => {
    expect(named(text)).toEqual(expected);
  });
});

describe('a reference is found', () => {
  const manifests = read(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, namespace: shop, annotations: { traefik.ingress.kubernetes.io/router.middlewares: shop-my-auth@kubernetescrd } }
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: my-auth, namespace: shop }
spec: { basicAuth: { secret: users } }
---
apiVersion: v1
kind: Secret
metadata: { name: users, namespace: shop }
---
apiVersion: v1
kind: Secret
metadata: { name: users, namespace: other }
`);
  const [ingress, middleware, secret, stranger] = manifests.all as readonly [
    KubernetesObject,
    KubernetesObject,
    KubernetesObject,
    KubernetesObject,
  ];
  const { references } = manifests;

  test('from the object that it names', () => {
    expect(references.to(secret).map(({ object }) => object)).toEqual([middleware]);
    expect(references.to(stranger)).toEqual([]);
  });

  test('from the object that states it', () => {
    expect(references.from(middleware).map(({ value }) => references.targetOf(value))).toEqual([secret]);
  });

  test('by Traefik’s name of a Middleware', () => {
    expect(references.to(middleware).map(({ object }) => object)).toEqual([ingress]);
    expect(references.from(ingress).map(({ value }) => references.targetOf(value))).toEqual([middleware]);
  });
});

import { parseAllDocuments } from 'yaml';
import { impact } from '../../../lib/analysis/impact/impact';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';
import { readConfiguration } from '../../../lib/documents/terraform';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';

const metadata = (name: string) => `metadata: { name: ${name}, namespace: shop }`;

const deployment = (
  name: string,
  { image = 'shop:1', strategy = 'RollingUpdate', pod = '', mounts = '[]' } = {},
) => `
apiVersion: apps/v1
kind: Deployment
${metadata(name)}
spec:
  strategy: { type: ${strategy} }
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      ${pod}
      containers: [{ name: main, image: '${image}', args: [serve], volumeMounts: ${mounts} }]
`;
const singleton = (name: string, image = 'shop:1') => deployment(name, { strategy: 'Recreate', image });
const claim = (className = 'storageClassName: local-path,', size = '1Gi') => `
apiVersion: v1
kind: PersistentVolumeClaim
${metadata('data')}
spec: { accessModes: [ReadWriteOnce], ${className} resources: { requests: { storage: ${size} } } }
`;
const volume = 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]';
const stateful = (name: string, mount = 'mountPath: /data', pod = volume) =>
  deployment(name, { strategy: 'Recreate', pod, mounts: `[{ name: data, ${mount} }]` });
const service = (fields: string, port = 'targetPort: 8000') => `
apiVersion: v1
kind: Service
${metadata('api')}
spec: { ${fields} selector: { app: api }, ports: [{ port: 80, ${port} }] }
`;
const ingress = ({ type = 'Exact', secret = 'tls', annotation = '' } = {}) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api, namespace: shop, annotations: { a: b ${annotation} } }
spec:
  tls: [{ hosts: [shop.example.com], secretName: ${secret} }]
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: ${type}, backend: { service: { name: api, port: { number: 80 } } } }] }
`;
const namespace = (level: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: ${level} } }
`;
const statefulSet = (replicas: number, policy: string) => `
apiVersion: apps/v1
kind: StatefulSet
${metadata('db')}
spec:
  replicas: ${replicas}
  serviceName: db
  persistentVolumeClaimRetentionPolicy: { whenScaled: ${policy}, whenDeleted: ${policy} }
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: db }] } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: {} }]
`;
const role = (verbs: string) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
rules: [{ apiGroups: [''], resources: [pods], verbs: [${verbs}] }]
`;
const binding = (...subjects: string[]) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: readers }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader }
subjects: [${subjects.map((name) => `{ kind: ServiceAccount, name: ${name}, namespace: shop }`).join(', ')}]
`;
const quota = (pods: number) => `
apiVersion: v1
kind: ResourceQuota
${metadata('quota')}
spec: { hard: { pods: '${pods}' } }
`;
const chart = (version: string) => `
apiVersion: helm.cattle.io/v1
kind: HelmChart
${metadata('redis')}
spec: { chart: redis, version: ${version} }
`;
const cluster = (instances: number) => `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
${metadata('pg')}
spec: { instances: ${instances} }
`;
const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: clusters.postgresql.cnpg.io }
spec: { group: postgresql.cnpg.io, names: { kind: Cluster } }
`;
const tls = `
apiVersion: v1
kind: Secret
${metadata('tls')}
type: kubernetes.io/tls
`;
const pod = (command: string, image = 'a:1') => `
apiVersion: v1
kind: Pod
${metadata('once')}
spec: { containers: [{ name: once, image: '${image}', command: [${command}] }] }
`;
const route = (middlewares: string) => `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
${metadata('admin')}
spec: { routes: [{ kind: Rule, match: 'Host(\`a.example.com\`)', services: [{ name: api, port: 80 }], middlewares: ${middlewares.split(', entryPoints')[0]} }]${middlewares.includes('entryPoints') ? ', entryPoints: [web]' : ''} }
`;

const budget = (spec: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata('api')}
spec: { selector: { matchLabels: { app: api } }, ${spec} }
`;
const denying = (ranges: string) => `
apiVersion: traefik.io/v1alpha1
kind: Middleware
${metadata('deny')}
spec: ${ranges === 'null' ? '{}' : `{ ipAllowList: { sourceRange: ${ranges} } }`}
`;
const policy = (cidr: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${metadata('out')}
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: ${cidr} } }] }] }
`;

function outputOf(text: string): Output {
  const objects = parseAllDocuments(text).flatMap((document) => {
    const object = document.toJS() as KubernetesObject | null;
    return object === null ? [] : [{ file: 'all.yaml', object }];
  });
  return { objects, stacks: [], rules: [], texts: new Map() };
}

const outputOfAll = (...texts: string[]) => outputOf(texts.join('---\n'));

const told = (base: Output, head: Output) => impact(base, head, defaultTopology).consequences;

describe('a change that kubectl applies in silence', () => {
  const api = deployment('api');

  test.each<[string, string[], string[], string]>([
    [
      'of the port behind a Service',
      [service('')],
      [service('', 'targetPort: 9000')],
      'cut off Service shop/api',
    ],
    ['of a port of every node', [service('type: NodePort,')], [service('')], 'cut off Service shop/api'],
    [
      'of the number of a port of every node',
      [service('type: NodePort,', 'nodePort: 30080')],
      [service('type: NodePort,', 'nodePort: 30081')],
      'cut off Service shop/api',
    ],
    ['of an exact path', [ingress()], [ingress({ type: 'Prefix' })], 'exposed Ingress shop/api'],
    ['to an exact path', [ingress({ type: 'Prefix' })], [ingress()], 'cut off Ingress shop/api'],
    ["of a certificate's Secret", [ingress()], [ingress({ secret: 'other' })], 'cut off Ingress shop/api'],
    [
      'of an annotation that keeps requests out',
      [ingress({ annotation: ', nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8' })],
      [ingress()],
      'exposed Ingress shop/api',
    ],
    ['of what a route passes', [route('[{ name: auth }]')], [route('[]')], 'exposed IngressRoute shop/admin'],
    [
      'of where a route listens',
      [route('[]')],
      [route('[], entryPoints: [web]')],
      'cut off IngressRoute shop/admin',
    ],
    ["of a certificate's name alone", [ingress()], [ingress({ secret: "''" })], 'cut off Ingress shop/api'],
    [
      'of what a middleware admits',
      [denying('[127.0.0.1/32]')],
      [denying('null')],
      'exposed Middleware shop/deny',
    ],
    [
      'of whom a Service of others selects',
      [service('').replace('app: api', 'app: traefik')],
      [service('').replace('app: api', 'app: nginx')],
      'cut off Service shop/api',
    ],
    [
      'of how many a drain leaves',
      [budget('minAvailable: 2')],
      [budget('minAvailable: 1')],
      'exposed PodDisruptionBudget shop/api',
    ],
    [
      'of what a drain may take',
      [budget('minAvailable: 2')],
      [budget('maxUnavailable: 50%')],
      'exposed PodDisruptionBudget shop/api',
    ],
    [
      'of what a namespace refuses',
      [namespace('restricted')],
      [namespace('privileged')],
      'exposed Namespace shop',
    ],
    [
      'of what a namespace admits',
      [namespace('baseline')],
      [namespace('restricted')],
      'cut off Namespace shop',
    ],
    ['that binds a role', [role('get')], [role('get'), binding('api')], 'exposed ClusterRoleBinding readers'],
    ['that binds one more', [binding('api')], [binding('api', 'web')], 'exposed ClusterRoleBinding readers'],
    ['of what a role lets', [role('get')], [role("get, '*'")], 'exposed ClusterRole reader'],
    ["of a chart's version", [chart('1.0.0')], [chart('2.0.0')], 'restarts HelmChart shop/redis'],
    ['that an operator reads', [cluster(3)], [cluster(1)], 'restarts Cluster shop/pg'],
    [
      'that fewer pods keep their claims',
      [statefulSet(3, 'Delete')],
      [statefulSet(2, 'Delete')],
      'lost StatefulSet shop/db',
    ],
    [
      'of the path of data',
      [claim(), stateful('redis')],
      [claim(), stateful('redis', 'mountPath: /var/lib')],
      'lost Deployment shop/redis',
    ],
    [
      'of the part of a volume',
      [claim(), stateful('redis')],
      [claim(), stateful('redis', 'mountPath: /data, subPath: new')],
      'lost Deployment shop/redis',
    ],
    [
      "of a node's directory",
      [stateful('redis', 'mountPath: /data', 'volumes: [{ name: data, hostPath: { path: /a } }]')],
      [stateful('redis', 'mountPath: /data', 'volumes: [{ name: data, hostPath: { path: /b } }]')],
      'lost Deployment shop/redis',
    ],
    [
      'of the name of what has a volume',
      [claim(), stateful('redis')],
      [claim(), stateful('cache')],
      'lost Deployment shop/cache',
    ],
    [
      'of the name of what runs once',
      [singleton('worker')],
      [singleton('jobs', 'shop:2')],
      'exposed Deployment shop/jobs',
    ],
  ])('%s is told', (_, base, head, consequence) => {
    const found = told(outputOfAll(api, ...base), outputOfAll(api, ...head));
    expect(found.map((each) => `${each.class} ${each.object}`)).toContain(consequence);
  });

  test.each<[string, string[], string[]]>([
    ['of the size of what keeps its claims', [statefulSet(3, 'Retain')], [statefulSet(2, 'Retain')]],
    ['of a certificate that is described', [ingress()], [ingress({ secret: 'tls' }), tls]],
    ['of a drain that must leave more', [budget('minAvailable: 1')], [budget('minAvailable: 2')]],
    ['of a drain that may take fewer', [budget('maxUnavailable: 50%')], [budget('maxUnavailable: 25%')]],
    ['that unbinds a role', [binding('api', 'web')], [binding('api')]],
    ['of the name of another program', [singleton('worker')], [singleton('jobs', 'jobs:1')]],
  ])('%s is not made worse than it is', (_, base, head) => {
    const found = told(outputOfAll(...base), outputOfAll(...head)).filter(
      ({ reason }) => !reason.includes('is new'),
    );
    expect(found.map((each) => each.class)).not.toContain('lost');
    expect(
      found
        .filter((each) => each.class === 'exposed' || each.class === 'cut off')
        .filter(({ object }) => !object.includes('->')),
    ).toEqual([]);
  });
});

describe('a change that is accepted', () => {
  test('refuses the next pods by a quota that is smaller than what runs', () => {
    const api = deployment('api');
    expect(
      told(outputOf(api), outputOfAll(api, quota(0))).map((each) => `${each.class} ${each.object}`),
    ).toEqual(['cut off ResourceQuota shop/quota']);
  });
});

describe('a change that the API server refuses', () => {
  test('is an unreadable policy', () => {
    const api = deployment('api');
    const found = told(outputOfAll(api, policy('10.0.0.0/8')), outputOfAll(api, policy('10.0.0.0/8x')));
    expect(found[0]).toMatchObject({ class: 'fails', object: 'NetworkPolicy shop/out' });
  });

  test('is no route without a spec, which then leads nowhere', () => {
    const bare = route('[]').replace(/^spec.*$/m, '');
    expect(told(outputOf(route('[]')), outputOf(bare)).map((each) => each.class)).toContain('cut off');
  });

  test('is that of a pod', () => {
    const found = told(outputOf(pod('a')), outputOf(pod('b')));
    expect(found).toEqual([
      expect.objectContaining({ class: 'fails', object: 'Pod shop/once', field: 'spec' }),
    ]);
  });

  test("is not that of a pod's image", () => {
    expect(told(outputOf(pod('a')), outputOf(pod('a', 'a:2'))).map((each) => each.class)).toEqual([
      'in place',
    ]);
  });

  test('is a claim that grows without a class, which k3s makes local-path', () => {
    const found = told(outputOf(claim('')), outputOf(claim('', '2Gi')));
    expect(found.map((each) => `${each.class} ${each.object}`)).toEqual([
      'fails PersistentVolumeClaim shop/data',
    ]);
  });
});

describe('the command that removes what is left behind', () => {
  test.each<[string, string, string[], RegExp]>([
    ['a chart', chart('1.0.0'), [], /uninstalls the chart/],
    ['a definition', definition, [], /deletes every object of its kind/],
    ['what an operator reads', cluster(3), [], /such as the data of a database/],
    ['a set that deletes its claims', statefulSet(1, 'Delete'), [], /and their data/],
    ['a Service with an address', service('type: LoadBalancer,'), [], /releases its load balancer address/],
    ["a certificate's Secret that is used", tls, [ingress()], /first remove the references to it/],
    ['a role that is bound', role('get'), [binding('api')], /first remove the references to it/],
    ['a definition that is used', definition, [cluster(1)], /first remove the references to it/],
  ])('warns of %s', (_, gone, kept, warning) => {
    const found = told(outputOfAll(gone, ...kept), outputOfAll(namespace('baseline'), ...kept));
    const ways = found.filter((each) => each.class === 'left behind').map(({ wayOut }) => wayOut);
    expect(ways).toEqual([expect.stringMatching(warning)]);
  });
});

describe('a server that is made anew', () => {
  const stack = (image: string) => [
    {
      file: 'cdk.tf.json',
      configuration: readConfiguration({ resource: { hcloud_server: servers(image) } }),
    },
  ];
  const servers = (image: string) =>
    Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { name, image: name === 'a' ? image : 'x' }]));

  test.each([
    ['a claim', `${claim()}---\n${stateful('redis')}`],
    ['a claim without a class', `${claim('')}---\n${stateful('redis')}`],
    ['a claim of each pod', statefulSet(1, 'Retain')],
  ])('may take %s along that no pod binds to a node', (_, manifests) => {
    const output = outputOf(manifests);
    const found = told({ ...output, stacks: stack('x') }, { ...output, stacks: stack('y') });
    expect(found.map((each) => `${each.class} ${each.object}`)).toEqual(['lost hcloud_server.a']);
  });
});

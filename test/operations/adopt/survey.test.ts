import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { liveDifferences } from '../../../lib/operations/adopt/cluster/survey/differences';
import { undescribedObjects } from '../../../lib/operations/adopt/cluster/survey/undescribed';
import { listNamespace } from '../../../lib/operations/cluster/namespace-objects';
import { canary, formsOf } from '../../support/canary';
import { answer, withApi } from '../support/api-stand-in';
import { live } from '../support/objects';

const object = (apiVersion: string, kind: string, name: string, metadata: object = {}): KubernetesObject =>
  ({ apiVersion, kind, metadata: { name, namespace: 'honeydue', ...metadata } }) as KubernetesObject;
const contract = { secrets: { 'honeydue-secrets': { keys: {} } }, imagePullSecret: 'gitea-credentials' };
const names = (objects: readonly KubernetesObject[], manifests: readonly KubernetesObject[] = []) =>
  undescribedObjects(objects, manifests, contract).map(({ name }) => name);

describe('what runs and is not described', () => {
  test.each<[string, KubernetesObject]>([
    ['what a controller made', object('v1', 'Pod', 'api-1', { ownerReferences: [{ uid: 'x' }] })],
    ['the default ServiceAccount', object('v1', 'ServiceAccount', 'default')],
    ['the certificates of the cluster', object('v1', 'ConfigMap', 'kube-root-ca.crt')],
    ['a Secret of the contract', object('v1', 'Secret', 'honeydue-secrets')],
    ['the Secret of the registry', object('v1', 'Secret', 'gitea-credentials')],
    ['a Job of an earlier revision', live(object('batch/v1', 'Job', 'migration-1'), { honeydue: {} })],
  ])('leaves out %s', (_, each) => expect(names([each])).toEqual([]));

  test('leaves out what a manifest describes, in whatever version', () =>
    expect(names([object('apps/v1', 'Deployment', 'api')], [object('apps/v1', 'Deployment', 'api')])).toEqual(
      [],
    ));

  test.each<[string, string, string | undefined, KubernetesObject]>([
    [
      'NetworkPolicy',
      'connectsTo of the workloads whose pods the policy selects',
      'kubectl delete networkpolicy x -n honeydue',
      object('networking.k8s.io/v1', 'NetworkPolicy', 'x'),
    ],
    [
      'Ingress',
      'hosts of the workload that the route leads to',
      'kubectl delete ingress x -n honeydue',
      object('networking.k8s.io/v1', 'Ingress', 'x'),
    ],
    [
      'Secret',
      'secrets: { x: { keys: { <key>: <what it is for> } } }',
      undefined,
      object('v1', 'Secret', 'x'),
    ],
    [
      'Deployment',
      'workloads: { x: … } (docs/tasks/add-workload.md)',
      'kubectl delete deployment x -n honeydue',
      object('apps/v1', 'Deployment', 'x'),
    ],
    [
      'PersistentVolumeClaim',
      'raw: { x: { file: x.yaml } }, with what kubectl get persistentvolumeclaim x -n honeydue -o yaml prints',
      undefined,
      object('v1', 'PersistentVolumeClaim', 'x'),
    ],
  ])(
    'names the entry of a %s, and the command that removes it unless data goes along',
    (_, entry, command, each) =>
      expect(undescribedObjects([each], [], contract)).toMatchObject([{ entry, command }]),
  );

  test('names the manager that wrote last', () =>
    expect(
      undescribedObjects([live(object('v1', 'ConfigMap', 'x'), { 'kubectl-edit': {} })], [], contract)[0]
        ?.writtenBy,
    ).toEqual({
      name: 'kubectl-edit',
      time: '2026-11-30T12:00:00Z',
    }));
});

const deployment = (replicas: number, more: object = {}): KubernetesObject =>
  ({
    ...object('apps/v1', 'Deployment', 'api'),
    spec: { replicas, ...more },
  }) as KubernetesObject;

describe('what runs with other settings', () => {
  test('has the field, the values, the manager and the time', () =>
    expect(
      liveDifferences(
        live(deployment(2), { 'kubectl-edit': { 'f:spec': { 'f:replicas': {} } } }),
        deployment(3),
      ),
    ).toEqual([
      {
        ...{ name: 'Deployment honeydue/api', field: 'spec.replicas', values: '2 -> 3' },
        writtenBy: { name: 'kubectl-edit', time: '2026-11-30T12:00:00Z' },
      },
    ]));

  test('does not have what is as described', () =>
    expect(
      liveDifferences(live(deployment(3), { kubectl: { 'f:spec': { 'f:replicas': {} } } }), deployment(3)),
    ).toEqual([]));

  test('does not have what is unresolved', () =>
    expect(
      liveDifferences(
        live(deployment(3, { serviceName: 'x' }), { kubectl: { 'f:spec': { 'f:serviceName': {} } } }),
        deployment(3, { serviceName: 'unresolved' }),
      ),
    ).toEqual([]));

  test('has what an atomic list of another hand leaves out', () => {
    const policy = (egress: object) =>
      ({
        ...object('networking.k8s.io/v1', 'NetworkPolicy', 'web'),
        spec: { egress: [egress] },
      }) as KubernetesObject;
    const byHand = live(policy({}), { 'kubectl-edit': { 'f:spec': { 'f:egress': {} } } });
    expect(liveDifferences(byHand, policy({ ports: [{ port: 443 }] }))).toMatchObject([
      { field: 'spec.egress[0].ports', writtenBy: { name: 'kubectl-edit' } },
    ]);
  });

  test('shows no value of a variable', () => {
    const container = (value: string) => ({
      template: { spec: { containers: [{ name: 'api', env: [{ name: 'TOKEN', value }] }] } },
    });
    const owned = {
      'f:spec': {
        'f:template': {
          'f:spec': {
            'f:containers': { 'k:{"name":"api"}': { 'f:env': { 'k:{"name":"TOKEN"}': { 'f:value': {} } } } },
          },
        },
      },
    };
    const found = liveDifferences(
      live(deployment(3, container(canary)), { kubectl: owned }),
      deployment(3, container('public')),
    );
    expect(found).toMatchObject([{ values: 'has another value' }]);
    expect(formsOf(canary).filter((form) => JSON.stringify(found).includes(form))).toEqual([]);
  });
});

const discovery = (name: string, resource: string, kind: string, more: object = {}) => ({
  metadata: { name },
  versions: [
    {
      version: 'v1',
      resources: [{ resource, responseKind: { kind }, scope: 'Namespaced', verbs: ['list'], ...more }],
    },
  ],
});

test('a namespace is listed by metadata alone, and a kind that can not be listed is named', () =>
  withApi(
    ({ url = '', headers }, response) => {
      if (url === '/api') answer(response, { items: [discovery('', 'secrets', 'Secret')] });
      else if (url === '/apis')
        answer(response, {
          items: [
            discovery('apps', 'deployments', 'Deployment'),
            discovery('discovery.k8s.io', 'endpointslices', 'EndpointSlice'),
            discovery('storage.k8s.io', 'storageclasses', 'StorageClass', { scope: 'Cluster' }),
          ],
        });
      else if (!String(headers.accept).includes('PartialObjectMetadataList')) answer(response, {}, 406);
      else if (url.endsWith('/deployments')) answer(response, { message: 'deployments is forbidden' }, 403);
      else answer(response, { items: [{ metadata: { name: 'token' } }] });
    },
    async (client) =>
      expect(await listNamespace(client, 'honeydue')).toEqual({
        objects: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' } }],
        unread: ['deployments.apps: deployments is forbidden'],
      }),
  ));

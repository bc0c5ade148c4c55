import { fields, productionOutput, withAdded, withObject } from '../outputs';
import type { ProductionEdit } from './production-edit';

type Change = Parameters<typeof withObject>[2];

const of = (name: string) => name.replace(/^(\w+) /, '$1 honeydue/');

/** One object's fields, changed. */
function edit(title: string, comesTo: string, name: string, words: string, change: Change): ProductionEdit {
  return {
    title,
    comesTo,
    change: { in: `${name}: ${words}`, of: (output) => withObject(output, of(name), change) },
  };
}

const set = (path: string, value: unknown): Change => {
  const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return (object) => {
    fields(object, ...keys.slice(0, -1))[String(keys.at(-1))] = value as never;
  };
};

const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'api', namespace: 'honeydue' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
    minReplicas: 3,
    maxReplicas: 6,
  },
};

const storage = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' } };

/** Changes of Kubernetes' side that look harmless: most are of no pod's template. */
export const quiet: readonly ProductionEdit[] = [
  {
    title: 'an autoscaler for what states its replicas',
    comesTo: '1 restarts, 1 in place',
    change: {
      in: 'Deployment api without replicas, and a HorizontalPodAutoscaler',
      of: (output) =>
        withAdded(
          withObject(output, 'Deployment honeydue/api', (object) => {
            delete fields(object, 'spec')['replicas'];
          }),
          autoscaler,
        ),
    },
  },
  edit('no replicas', '1 cut off', 'Deployment web', 'replicas 0', set('spec.replicas', 0)),
  edit('a suspended backup', '1 cut off', 'CronJob postgres-backup', 'suspend', set('spec.suspend', true)),
  edit(
    'another strategy alone',
    '1 exposed',
    'Deployment web',
    'Recreate',
    set('spec.strategy', { type: 'Recreate' }),
  ),
  edit(
    'a singleton that no longer stops before it starts',
    '1 exposed',
    'Deployment worker',
    'RollingUpdate',
    set('spec.strategy', { type: 'RollingUpdate' }),
  ),
  edit(
    'a quota below what runs',
    '1 cut off',
    'ResourceQuota quota',
    'pods 5',
    set('spec.hard', { pods: '5' }),
  ),
  {
    title: 'a priority of another value',
    comesTo: '1 fails',
    change: {
      in: 'PriorityClass honeydue-essential: value 1',
      of: (output) => withObject(output, 'PriorityClass honeydue-essential', set('value', 1)),
    },
  },
  {
    title: 'a class of volumes that keeps what is deleted',
    comesTo: '1 fails',
    given: { in: 'a StorageClass fast', of: (output) => withAdded(output, { ...storage, provisioner: 'a' }) },
    change: {
      in: 'StorageClass fast: reclaimPolicy Retain',
      of: (output) => withObject(output, 'StorageClass fast', set('reclaimPolicy', 'Retain')),
    },
  },
  edit(
    'a key of the configuration that nobody names',
    '1 in place',
    'ConfigMap vmagent',
    'one more key',
    (object) => {
      fields(object, 'data')['unread.yml'] = 'nothing: true\n';
    },
  ),
  edit(
    'a key of the configuration less',
    '1 fails',
    'ConfigMap honeydue-config',
    'without a key',
    (object) => {
      delete fields(object, 'data')['NEXT_PUBLIC_API_URL'];
    },
  ),
  {
    title: 'a configuration that is still read',
    comesTo: '1 left behind',
    change: {
      in: 'without ConfigMap honeydue-config',
      of: (output) => withObject(output, 'ConfigMap honeydue/honeydue-config', () => 'gone'),
    },
  },
  edit(
    'a Service of other pods',
    '1 cut off',
    'Service api',
    'the selector of web',
    set('spec.selector', { 'app.kubernetes.io/name': 'web' }),
  ),
  edit(
    'another port of a Service',
    '1 cut off',
    'Service redis',
    'port 6380',
    set('spec.ports.0.port', 6380),
  ),
  {
    title: 'two hosts that change places',
    comesTo: '2 cut off',
    change: {
      in: 'app.myhoneydue.com to admin, admin.myhoneydue.com to web',
      of: (output) =>
        ['admin', 'web'].reduce((all, name) => {
          const host = `${name === 'admin' ? 'app' : 'admin'}.myhoneydue.com`;
          return withObject(all, `Ingress honeydue/${name}`, (object) => {
            fields(object, 'spec', 'rules', 0)['host'] = host;
            fields(object, 'spec', 'tls', 0)['hosts'] = [host] as never;
          });
        }, output),
    },
  },
  edit(
    'a limit that every host passes',
    '1 cut off',
    'Middleware rate-limit',
    'one request a second',
    set('spec.rateLimit.average', 1),
  ),
  {
    title: "Traefik's values for the first time",
    comesTo: '1 restarts',
    given: {
      in: 'no HelmChartConfig traefik',
      of: (output) => withObject(output, 'HelmChartConfig kube-system/traefik', () => 'gone'),
    },
    change: { in: 'HelmChartConfig traefik', of: () => productionOutput },
  },
  edit(
    'a route that asks for less',
    '1 exposed',
    'IngressRoute from-nodes-api-myhoneydue-com',
    'whoever asks for the host',
    set('spec.routes.0.match', 'Host(`api.myhoneydue.com`)'),
  ),
  edit('a backup less', '1 left behind', 'CronJob postgres-backup', 'gone', () => 'gone'),
  {
    title: "Redis's affinity",
    comesTo: '1 fails, 1 restarts',
    change: {
      in: 'Deployment redis: another required node affinity',
      of: (output) =>
        withObject(
          output,
          'Deployment honeydue/redis',
          set('spec.template.spec.affinity', {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
              },
            },
          }),
        ),
    },
  },
];

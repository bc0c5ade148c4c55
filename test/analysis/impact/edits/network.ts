import { fields, withAdded, withObject } from '../outputs';
import type { ProductionEdit } from './production-edit';

const policy = (name: string) => `NetworkPolicy honeydue/${name}`;

/** Changes of who reaches whom: Services, hosts, policies, and what lies around them. */
export const network: readonly ProductionEdit[] = [
  {
    title: "a Service's address",
    comesTo: '1 fails',
    change: {
      in: 'Service redis: clusterIP None',
      of: (output) =>
        withObject(output, 'Service honeydue/redis', (object) => {
          fields(object, 'spec')['clusterIP'] = 'None';
        }),
    },
  },
  {
    title: 'a port of every node',
    comesTo: '1 exposed',
    change: {
      in: 'Service redis: type NodePort',
      of: (output) =>
        withObject(output, 'Service honeydue/redis', (object) => {
          fields(object, 'spec')['type'] = 'NodePort';
        }),
    },
  },
  {
    title: 'a role for somebody else',
    comesTo: '1 fails',
    given: {
      in: 'a RoleBinding to the role reader',
      of: (output) =>
        withAdded(output, {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: { name: 'readers', namespace: 'honeydue' },
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
          subjects: [{ kind: 'ServiceAccount', name: 'vmagent', namespace: 'honeydue' }],
        }),
    },
    change: {
      in: 'RoleBinding readers: roleRef.name writer',
      of: (output) =>
        withObject(output, 'RoleBinding honeydue/readers', (object) => {
          fields(object, 'roleRef')['name'] = 'writer';
        }),
    },
  },
  {
    title: 'a host',
    comesTo: '2 exposed',
    edits: [['hosts: [app.myhoneydue.com]', 'hosts: [app.myhoneydue.com, www.myhoneydue.com]']],
  },
  {
    title: 'a host less',
    comesTo: '3 cut off, 3 in place',
    edits: [
      ['hosts: [api.myhoneydue.com, myhoneydue.com]', 'hosts: [api.myhoneydue.com]'],
      ['    myhoneydue.com: *records\n', ''],
    ],
  },
  {
    title: 'a middleware less',
    comesTo: '1 exposed',
    change: {
      in: 'Ingress admin: without its middlewares',
      of: (output) =>
        withObject(output, 'Ingress honeydue/admin', (object) => {
          delete fields(object, 'metadata', 'annotations')[
            'traefik.ingress.kubernetes.io/router.middlewares'
          ];
        }),
    },
  },
  {
    title: 'a connection',
    comesTo: '1 exposed, 2 in place',
    edits: [['    connectsTo: [public-api]', '    connectsTo: [public-api, redis]']],
  },
  {
    title: 'a connection less',
    comesTo: '1 cut off, 1 in place',
    change: {
      in: `${policy('allow-egress-from-worker')}: without port 587`,
      of: (output) =>
        withObject(output, policy('allow-egress-from-worker'), (object) => {
          const rule = fields(object, 'spec', 'egress', 0);
          rule['ports'] = (rule['ports'] as unknown as { port: number }[]).filter(
            ({ port }) => port !== 587,
          ) as never;
        }),
    },
  },
  {
    title: 'a policy less',
    comesTo: '3 cut off, 1 left behind',
    change: {
      in: `without ${policy('allow-ingress-to-redis')}`,
      of: (output) => withObject(output, policy('allow-ingress-to-redis'), () => 'gone'),
    },
  },
  {
    title: 'no policy that denies',
    comesTo: '10 exposed, 1 left behind',
    change: {
      in: `without ${policy('default-deny')}`,
      of: (output) => withObject(output, policy('default-deny'), () => 'gone'),
    },
  },
  {
    title: 'a Secret that pods read',
    comesTo: '1 lost',
    given: {
      in: 'the Secret honeydue-secrets among the manifests',
      of: (output) =>
        withAdded(output, {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'honeydue-secrets', namespace: 'honeydue' },
          stringData: { REDIS_PASSWORD: 'not to be shown' },
        }),
    },
    change: {
      in: 'without the Secret honeydue-secrets',
      of: (output) => withObject(output, 'Secret honeydue/honeydue-secrets', () => 'gone'),
    },
  },
  {
    title: 'the namespace',
    comesTo: '2 lost, 7 cut off',
    change: {
      in: 'without the Namespace and everything in it',
      of: (output) => ({
        ...output,
        objects: output.objects.filter(
          ({ object }) => object.kind !== 'Namespace' && object.metadata.namespace !== 'honeydue',
        ),
      }),
    },
  },
  {
    title: 'a ConfigMap whose readers state no checksum',
    comesTo: '1 in place',
    change: {
      in: 'ConfigMap honeydue-config: API_URL alone',
      of: (output) =>
        withObject(output, 'ConfigMap honeydue/honeydue-config', (object) => {
          fields(object, 'data')['API_URL'] = 'https://api.example.com/api';
        }),
    },
  },
  {
    title: 'a range of Cloudflare in Traefik',
    comesTo: '1 restarts',
    change: {
      in: 'HelmChartConfig traefik: one trusted range less',
      of: (output) =>
        withObject(output, 'HelmChartConfig kube-system/traefik', (object) => {
          const spec = fields(object, 'spec');
          spec['valuesContent'] = String(spec['valuesContent']).replace(/\n +- 131\.0\.72\.0\/22/, '');
        }),
    },
  },
];

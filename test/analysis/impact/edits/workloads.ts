import { fields, withObject } from '../outputs';
import type { ProductionEdit } from './production-edit';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

/** Changes of pods that restart, and what the API server refuses. */
export const workloads: readonly ProductionEdit[] = [
  {
    title: 'an image',
    comesTo: '2 restarts',
    edits: [['tag: "237c6b8" # chapter 7, api', 'tag: "9f0c1aa"']],
    lockEdits: [['  tag: "237c6b8"', '  tag: "9f0c1aa"']],
  },
  {
    title: "a singleton's image",
    comesTo: '1 restarts',
    change: {
      in: `Deployment worker: another digest`,
      of: (output) =>
        withObject(output, 'Deployment honeydue/worker', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0)['image'] =
            `gitea.treytartt.com/admin/honeydue-worker:2@${digest('2')}`;
        }),
    },
  },
  {
    title: "Redis's image",
    comesTo: '1 restarts',
    change: {
      in: 'Deployment redis: image redis:8-alpine',
      of: (output) =>
        withObject(output, 'Deployment honeydue/redis', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0)['image'] = 'redis:8-alpine';
        }),
    },
  },
  {
    title: 'a replica count',
    comesTo: '2 in place',
    edits: [['    image: web\n    replicas: 3', '    image: web\n    replicas: 4']],
  },
  {
    title: 'a config key that everybody reads',
    comesTo: '4 restarts, 1 in place',
    edits: [['API_URL: https://api.myhoneydue.com/api #', 'API_URL: https://api.example.com/api #']],
  },
  {
    title: "a workload's own variable",
    comesTo: '1 restarts',
    change: {
      in: 'Deployment api: APNS_AUTH_KEY_PATH is another',
      of: (output) =>
        withObject(output, 'Deployment honeydue/api', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0, 'env', 0)['value'] =
            '/secrets/apns/key.p8';
        }),
    },
  },
  {
    title: "a Secret's revision",
    comesTo: '4 restarts',
    edits: [['honeydue-secrets:\n    revision: 1', 'honeydue-secrets:\n    revision: 2']],
  },
  {
    title: "a Secret's name",
    comesTo: '2 restarts',
    edits: [
      ['  honeydue-apns-key:\n    revision: 1', '  honeydue-push-key:\n    revision: 1'],
      ['        secret: honeydue-apns-key\n', '        secret: honeydue-push-key\n'],
      ['apns-key: { secret: honeydue-apns-key,', 'apns-key: { secret: honeydue-push-key,'],
    ],
  },
  {
    title: 'a selector',
    comesTo: '1 fails',
    change: {
      in: 'Deployment web: spec.selector.matchLabels has app: web, too',
      of: (output) =>
        withObject(output, 'Deployment honeydue/web', (object) => {
          fields(object, 'spec', 'selector', 'matchLabels')['app'] = 'web';
          fields(object, 'spec', 'template', 'metadata', 'labels')['app'] = 'web';
        }),
    },
  },
  {
    title: "a volume's size",
    comesTo: '1 fails',
    change: {
      in: 'PersistentVolumeClaim redis-data: 10Gi instead of 5Gi',
      of: (output) =>
        withObject(output, 'PersistentVolumeClaim honeydue/redis-data', (object) => {
          fields(object, 'spec', 'resources', 'requests')['storage'] = '10Gi';
        }),
    },
  },
  {
    title: 'a smaller volume',
    comesTo: '1 fails',
    change: {
      in: 'PersistentVolumeClaim redis-data: 2Gi instead of 5Gi',
      of: (output) =>
        withObject(output, 'PersistentVolumeClaim honeydue/redis-data', (object) => {
          fields(object, 'spec', 'resources', 'requests')['storage'] = '2Gi';
        }),
    },
  },
  {
    title: "a volume's class",
    comesTo: '1 fails',
    change: {
      in: 'PersistentVolumeClaim redis-data: storageClassName hcloud-volumes',
      of: (output) =>
        withObject(output, 'PersistentVolumeClaim honeydue/redis-data', (object) => {
          fields(object, 'spec')['storageClassName'] = 'hcloud-volumes';
        }),
    },
  },
  {
    title: "a claim's name",
    comesTo: '1 lost, 1 restarts, 1 in place',
    edits: [['claim: redis-data', 'claim: redis-files']],
  },
  {
    title: 'the node that Redis runs on',
    comesTo: '1 fails, 1 restarts',
    change: {
      in: 'Deployment redis: nodeSelector honeydue/cache instead of honeydue/redis',
      of: (output) =>
        withObject(output, 'Deployment honeydue/redis', (object) => {
          fields(object, 'spec', 'template', 'spec')['nodeSelector'] = { 'honeydue/cache': 'true' };
        }),
    },
  },
  {
    title: 'a longer start',
    comesTo: '1 restarts',
    change: {
      in: 'Deployment api: startupProbe.failureThreshold 60',
      of: (output) =>
        withObject(output, 'Deployment honeydue/api', (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0, 'startupProbe')['failureThreshold'] =
            60;
        }),
    },
  },
  {
    title: 'a rolling singleton',
    comesTo: '1 restarts, 1 exposed',
    change: {
      in: 'Deployment worker: RollingUpdate with maxUnavailable 1, and another image',
      of: (output) =>
        withObject(output, 'Deployment honeydue/worker', (object) => {
          const spec = fields(object, 'spec');
          spec['strategy'] = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
          fields(spec, 'template', 'spec', 'containers', 0)['image'] = 'worker:3';
        }),
    },
  },
  {
    title: 'a migration of another image',
    comesTo: '1 restarts',
    change: {
      in: 'the Job of the migration under its next name',
      of: (output) => {
        const job = output.objects.find(({ object }) => object.kind === 'Job');
        if (job === undefined) throw new Error('the output has no Job');
        const { object } = job;
        const next = { ...object, metadata: { ...object.metadata, name: 'migration-next' } };
        return {
          ...output,
          objects: [...output.objects.filter((each) => each !== job), { ...job, object: next }],
        };
      },
    },
  },
  {
    title: "a Job's template under the same name",
    comesTo: '1 fails',
    change: {
      in: 'the Job of the migration: backoffLimit stays, the image is another',
      of: (output) => {
        const job = output.objects.find(({ object }) => object.kind === 'Job')?.object.metadata.name;
        return withObject(output, `Job honeydue/${job}`, (object) => {
          fields(object, 'spec', 'template', 'spec', 'containers', 0)['image'] = 'api:2';
        });
      },
    },
  },
];

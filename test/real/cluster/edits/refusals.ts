import { fields } from '../../../analysis/impact/outputs';
import { added, append, changed, containerOf, type Fields, type LaneEdit, podOf } from './lane-edit';

const spec = (object: Fields) => fields(object, 'spec');

/** What the API server refuses, whatever ran before. */
export const refusals: readonly LaneEdit[] = [
  {
    title: 'a preStop that takes longer than the grace',
    change: containerOf('admin', (container) => {
      container['lifecycle'] = { preStop: { sleep: { seconds: 90 } } };
    }),
  },
  {
    title: 'a size limit below nothing',
    change: podOf('admin', (pod) => {
      append(pod, 'volumes', { name: 'more', emptyDir: { sizeLimit: '-1Mi' } });
    }),
  },
  {
    title: 'a request above the limit',
    change: containerOf('admin', (container) => {
      container['resources'] = { requests: { memory: '512Mi' }, limits: { memory: '256Mi' } };
    }),
  },
  {
    title: 'two handlers of one probe',
    change: containerOf('admin', (container) => {
      fields(container, 'readinessProbe')['tcpSocket'] = { port: 3000 };
    }),
  },
  {
    title: 'two volumes of one name',
    change: podOf('admin', (pod) => {
      append(pod, 'volumes', { name: 'tmp', emptyDir: {} });
      append(pod, 'volumes', { name: 'tmp', configMap: { name: 'honeydue-config' } });
    }),
  },
  {
    title: 'a mount of no volume',
    change: containerOf('admin', (container) => {
      append(container, 'volumeMounts', { name: 'nowhere', mountPath: '/more' });
    }),
  },
  {
    title: 'a rolling update that moves nothing',
    change: changed('Deployment admin', (object) => {
      spec(object)['strategy'] = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } };
    }),
  },
  {
    title: 'more seconds until ready than the deadline',
    change: changed('Deployment admin', (object) => {
      Object.assign(spec(object), { minReadySeconds: 700, progressDeadlineSeconds: 600 });
    }),
  },
  {
    title: 'fewer pods than none',
    change: changed('Deployment admin', (object) => {
      spec(object)['replicas'] = -1;
    }),
  },
  {
    title: 'a node port out of the range',
    change: changed('Service admin', (object) => {
      Object.assign(spec(object), { type: 'NodePort' });
      fields(object, 'spec', 'ports', 0)['nodePort'] = 80;
    }),
  },
  {
    title: 'an external traffic policy of an address of the cluster',
    change: changed('Service admin', (object) => {
      spec(object)['externalTrafficPolicy'] = 'Local';
    }),
  },
  {
    title: 'two address families in a cluster of one',
    change: changed('Service admin', (object) => {
      spec(object)['ipFamilyPolicy'] = 'RequireDualStack';
    }),
  },
  {
    title: 'a port above the highest',
    change: changed('Service admin', (object) => {
      fields(object, 'spec', 'ports', 0)['port'] = 70000;
    }),
  },
  {
    title: 'a default above the maximum',
    change: added({
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'wrong' },
      spec: { limits: [{ type: 'Container', default: { memory: '2Gi' }, max: { memory: '1Gi' } }] },
    }),
  },
  {
    title: 'a time zone that does not exist',
    change: changed('CronJob postgres-backup', (object) => {
      spec(object)['timeZone'] = 'Mars/Base';
    }),
  },
  {
    title: 'a schedule that is none',
    change: changed('CronJob postgres-backup', (object) => {
      spec(object)['schedule'] = 'every night';
    }),
  },
  {
    title: 'a budget that states both',
    change: changed('PodDisruptionBudget web-pdb', (object) => {
      Object.assign(spec(object), { minAvailable: 2, maxUnavailable: 1 });
    }),
  },
  {
    title: 'a ConfigMap of a key that is none',
    change: changed('ConfigMap honeydue-config', (object) => {
      fields(object, 'data')['a/b'] = 'c';
    }),
  },
];

import { fields } from '../../../analysis/impact/outputs';
import { added, all, append, changed, containerOf, type LaneEdit, podOf, rolled } from './lane-edit';

const labels = (app: string) => ({ 'app.kubernetes.io/name': app });
const container = {
  name: 'main',
  image: 'registry.example.com/main:1',
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '32Mi' } },
  readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 5 },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};
const template = (app: string) => ({ metadata: { labels: labels(app) }, spec: { containers: [container] } });

const statefulSet = (spec: object) =>
  added({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      replicas: 3,
      serviceName: 'db',
      selector: { matchLabels: labels('db') },
      template: template('db'),
      ...spec,
    },
  });
const daemonSet = added({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent' },
  spec: { selector: { matchLabels: labels('agent') }, template: template('agent') },
});
const nextImage = (kind: string, name: string) =>
  changed(`${kind} ${name}`, (object) => {
    fields(object, 'spec', 'template', 'spec', 'containers', 0)['image'] = 'registry.example.com/main:2';
  });

/** Changes of pods that are accepted and end: with or without a time in which too few answer. */
export const rollouts: readonly LaneEdit[] = [
  {
    title: 'Recreate, and another image',
    change: rolled('web', (spec) => {
      spec['strategy'] = { type: 'Recreate' };
    }),
  },
  {
    title: 'all at once, and another image',
    change: rolled('web', (spec) => {
      spec['strategy'] = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } };
    }),
  },
  {
    title: 'one away at a time, and another image',
    change: rolled('web', (spec) => {
      spec['strategy'] = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
    }),
  },
  {
    title: 'the defaults of a Deployment, and another image',
    change: rolled('web', (spec) => {
      delete spec['strategy'];
    }),
  },
  {
    title: 'a paused Deployment, and another image',
    change: rolled('web', (spec) => {
      spec['paused'] = true;
    }),
  },
  {
    title: 'no probe of readiness, and another image',
    change: all(
      rolled('web', () => {}),
      containerOf('web', (each) => {
        delete each['readinessProbe'];
        delete each['startupProbe'];
      }),
    ),
  },
  {
    title: 'an annotation of the pods',
    change: changed('Deployment admin', (object) => {
      fields(object, 'spec', 'template', 'metadata')['annotations'] = { 'example.com/note': 'seen' };
    }),
  },
  {
    title: 'a label of the Deployment alone',
    change: changed('Deployment admin', (object) => {
      fields(object, 'metadata', 'labels')['example.com/team'] = 'one';
    }),
  },
  {
    title: 'a container of another name',
    change: containerOf('admin', (each) => {
      each['name'] = 'panel';
    }),
  },
  {
    title: 'a sidecar',
    change: podOf('admin', (spec) => {
      append(spec, 'containers', { ...container, name: 'more' });
    }),
  },
  {
    title: 'a longer grace',
    change: podOf('worker', (spec) => {
      spec['terminationGracePeriodSeconds'] = 120;
    }),
  },
  {
    title: 'one pod instead of three',
    change: changed('Deployment api', (object) => {
      fields(object, 'spec')['replicas'] = 1;
    }),
  },
  {
    title: 'a singleton twice',
    change: changed('Deployment worker', (object) => {
      fields(object, 'spec')['replicas'] = 2;
    }),
  },
  {
    title: 'a Service whose selector follows the label of its pods',
    change: all(
      changed('Service web', (object) => {
        fields(object, 'spec', 'selector')['version'] = 'two';
      }),
      changed('Deployment web', (object) => {
        fields(object, 'spec', 'template', 'metadata', 'labels')['version'] = 'two';
      }),
    ),
  },
  {
    title: 'a budget of all its pods',
    change: changed('PodDisruptionBudget web-pdb', (object) => {
      fields(object, 'spec')['minAvailable'] = 3;
    }),
  },
  { title: 'a StatefulSet of another image', given: statefulSet({}), change: nextImage('StatefulSet', 'db') },
  {
    title: 'a StatefulSet that waits for a deletion',
    given: statefulSet({ updateStrategy: { type: 'OnDelete' } }),
    change: nextImage('StatefulSet', 'db'),
  },
  {
    title: 'a StatefulSet of one pod',
    given: statefulSet({ replicas: 1 }),
    change: nextImage('StatefulSet', 'db'),
  },
  { title: 'a DaemonSet of another image', given: daemonSet, change: nextImage('DaemonSet', 'agent') },
];

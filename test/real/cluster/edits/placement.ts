import { added, all, append, changed, containerOf, type LaneEdit, podOf, rolled } from './lane-edit';

const own = { matchLabels: { 'app.kubernetes.io/name': 'api' } };
const byHost = { labelSelector: own, topologyKey: 'kubernetes.io/hostname' };

/** New pods that can't be admitted, placed or started: the apply is accepted, and the rollout never ends. */
export const placement: readonly LaneEdit[] = [
  {
    title: 'api on nodes of a label that no node has',
    change: podOf('api', (spec) => {
      spec['nodeSelector'] = { disk: 'ssd' };
    }),
  },
  {
    title: 'redis on another node than its volume',
    change: podOf('redis', (spec) => {
      spec['nodeSelector'] = { 'kubernetes.io/hostname': 'ubuntu-8gb-nbg1-1' };
    }),
  },
  {
    title: 'a spread by a topology key that no node has',
    change: podOf('web', (spec) => {
      spec['topologySpreadConstraints'] = [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/rack',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
        },
      ];
    }),
  },
  {
    title: 'hard anti-affinity of three pods on three nodes, with a surge',
    change: podOf('api', (spec) => {
      delete spec['topologySpreadConstraints'];
      spec['affinity'] = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [byHost] } };
    }),
  },
  {
    title: 'hard anti-affinity that makes room first',
    change: all(
      podOf('api', (spec) => {
        delete spec['topologySpreadConstraints'];
        spec['affinity'] = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [byHost] } };
      }),
      changed('Deployment api', (object) => {
        (object['spec'] as { strategy?: unknown })['strategy'] = {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
        };
      }),
    ),
  },
  {
    title: 'requests that fit on no node',
    change: containerOf('admin', (container) => {
      container['resources'] = {
        requests: { cpu: '16', memory: '64Mi' },
        limits: { cpu: '16', memory: '256Mi' },
      };
    }),
  },
  {
    title: 'a port of the node that the pod before holds',
    change: containerOf('web', (container) => {
      container['ports'] = [{ containerPort: 3000, hostPort: 3000 }];
    }),
  },
  {
    title: 'a pod that Pod Security refuses',
    change: containerOf('admin', (container) => {
      container['securityContext'] = { privileged: true };
    }),
  },
  {
    title: 'a singleton that Pod Security refuses',
    change: containerOf('worker', (container) => {
      container['securityContext'] = { privileged: true };
    }),
  },
  {
    title: 'a claim that is not there',
    change: podOf('worker', (spec) => {
      append(spec, 'volumes', { name: 'more', persistentVolumeClaim: { claimName: 'nowhere' } });
    }),
  },
  {
    title: 'a ServiceAccount that is not there',
    change: podOf('admin', (spec) => {
      spec['serviceAccountName'] = 'missing';
    }),
  },
  {
    title: 'a PriorityClass that is not there',
    change: podOf('admin', (spec) => {
      spec['priorityClassName'] = 'unknown';
    }),
  },
  {
    title: 'a RuntimeClass that is not there',
    change: podOf('admin', (spec) => {
      spec['runtimeClassName'] = 'unknown';
    }),
  },
  {
    title: 'a ConfigMap that is not there',
    change: containerOf('admin', (container) => {
      append(container, 'envFrom', { configMapRef: { name: 'nowhere' } });
    }),
  },
  {
    title: 'a key that the ConfigMap does not have',
    change: containerOf('admin', (container) => {
      append(container, 'env', {
        name: 'MORE',
        valueFrom: { configMapKeyRef: { name: 'honeydue-config', key: 'NOWHERE' } },
      });
    }),
  },
  {
    title: 'a ConfigMap that is not there and is optional',
    change: containerOf('admin', (container) => {
      append(container, 'envFrom', { configMapRef: { name: 'nowhere', optional: true } });
    }),
  },
  {
    title: 'a ConfigMap volume that is not there',
    change: podOf('web', (spec) => {
      append(spec, 'volumes', { name: 'more', configMap: { name: 'nowhere' } });
    }),
  },
  {
    title: 'a quota without room for the surge',
    change: all(
      changed('ResourceQuota quota', (object) => {
        (object['spec'] as { hard: unknown })['hard'] = { pods: '11' };
      }),
      rolled('api', () => {}),
    ),
  },
  {
    title: 'a LimitRange below what a pod asks for',
    change: all(
      added({
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'small' },
        spec: { limits: [{ type: 'Container', max: { memory: '100Mi' } }] },
      }),
      rolled('api', () => {}),
    ),
  },
];

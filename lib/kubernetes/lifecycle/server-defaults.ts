import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { groupOf } from '../objects/groups';
import { kindOf } from '../objects/object-key';

import { defaultValues } from './default-values';

type Defaults = Readonly<Record<string, Json>>;

const containers = ['containers', 'initContainers', 'ephemeralContainers'];
const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const volumes = ['secret', 'configMap', 'projected', 'downwardAPI'];

function of(parents: readonly string[], fields: Defaults): Defaults {
  return Object.fromEntries(
    parents.flatMap((parent) =>
      Object.entries(fields).map(([field, value]) => [`${parent}.${field}`, value]),
    ),
  );
}

/**
 * Defaults of the API server by parent key and field. A default that depends on other fields is left out, and
 * so is replicas, which an autoscaler may have changed.
 *
 * Source: SetDefaults_* of pkg/apis/{core,apps,batch,autoscaling,storage,rbac,scheduling}/v1/defaults.go,
 * Kubernetes 1.34.4. A boolean or number that is not a pointer in the Go type is absent if it is false or 0.
 */
const everywhere: Defaults = {
  ...of(['spec'], {
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: defaultValues.terminationGracePeriodSeconds,
    enableServiceLinks: true,
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    minReadySeconds: 0,
    volumeMode: 'Filesystem',
    suspend: false,
  }),
  ...of(containers, {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    stdin: false,
    stdinOnce: false,
    tty: false,
  }),
  ...of(probes, defaultValues.probe),
  ...of(['httpGet'], { scheme: 'HTTP', path: '/' }),
  ...of(volumes, { defaultMode: 0o644 }),
  'env.value': '',
  'fieldRef.apiVersion': 'v1',
  'hostPath.type': '',
  'ports.protocol': 'TCP',
  'roleRef.apiGroup': 'rbac.authorization.k8s.io',
  'volumeClaimTemplates.apiVersion': 'v1',
  'volumeClaimTemplates.kind': 'PersistentVolumeClaim',
  'volumeMounts.readOnly': false,
};

/** Defaults that are different for each kind. */
const byKind: Readonly<Record<string, Defaults>> = {
  Deployment: {
    ...of(['rollingUpdate'], defaultValues.rollingDeployment),
    'spec.paused': false,
    'spec.progressDeadlineSeconds': defaultValues.progressDeadlineSeconds,
    'spec.restartPolicy': 'Always',
    'spec.revisionHistoryLimit': 10,
    'strategy.type': 'RollingUpdate',
  },
  DaemonSet: {
    ...of(['rollingUpdate'], defaultValues.rollingDaemonSet),
    'spec.restartPolicy': 'Always',
    'spec.revisionHistoryLimit': 10,
    'updateStrategy.type': 'RollingUpdate',
  },
  StatefulSet: {
    'persistentVolumeClaimRetentionPolicy.whenDeleted': 'Retain',
    'persistentVolumeClaimRetentionPolicy.whenScaled': 'Retain',
    ...of(['rollingUpdate'], defaultValues.rollingStatefulSet),
    'spec.podManagementPolicy': 'OrderedReady',
    'spec.restartPolicy': 'Always',
    'spec.revisionHistoryLimit': 10,
    'spec.serviceName': '',
    'updateStrategy.type': 'RollingUpdate',
  },
  Pod: { 'spec.restartPolicy': 'Always' },
  Job: {
    'spec.backoffLimit': defaultValues.backoffLimit,
    'spec.completionMode': 'NonIndexed',
    'spec.manualSelector': false,
  },
  CronJob: {
    'spec.backoffLimit': defaultValues.backoffLimit,
    'spec.completionMode': 'NonIndexed',
    'spec.concurrencyPolicy': 'Allow',
    'spec.failedJobsHistoryLimit': 1,
    'spec.successfulJobsHistoryLimit': 3,
  },
  Service: {
    'spec.internalTrafficPolicy': 'Cluster',
    'spec.publishNotReadyAddresses': false,
    'spec.sessionAffinity': 'None',
    'spec.type': 'ClusterIP',
  },
  HorizontalPodAutoscaler: { 'spec.minReplicas': 1 },
  Secret: { '.type': 'Opaque' },
  StorageClass: { '.reclaimPolicy': 'Delete', '.volumeBindingMode': 'Immediate' },
  PriorityClass: { '.globalDefault': false, '.preemptionPolicy': 'PreemptLowerPriority' },
  CSIDriver: { 'spec.attachRequired': true, 'spec.volumeLifecycleModes': ['Persistent'] },
};

/** Maps that are removed if they contain only defaults. */
const emptied = new Set([
  ...['spec.strategy', 'spec.updateStrategy', 'strategy.rollingUpdate', 'updateStrategy.rollingUpdate'],
  ...[
    'spec.persistentVolumeClaimRetentionPolicy',
    'spec.securityContext',
    'spec.nodeSelector',
    'selector.matchLabels',
    'metadata.labels',
    'metadata.annotations',
  ],
  ...containers.flatMap((parent) => [`${parent}.resources`, `${parent}.securityContext`]),
]);

/** Whether a field of a kind has its default value. */
export function isServerDefault(
  kind: string,
  parent: string,
  field: string,
  value: Json | undefined,
): boolean {
  if (value === undefined) return false;
  const key = `${parent}.${field}`;
  const filled = byKind[kind]?.[key] ?? everywhere[key];
  if (filled !== undefined && JSON.stringify(filled) === JSON.stringify(value)) return true;
  return (
    emptied.has(key) &&
    typeof value === 'object' &&
    JSON.stringify(withoutDefaults(kind, field, value)) === '{}'
  );
}

/** The value without fields that have their default. */
export function withoutDefaults(kind: string, field: string, value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutDefaults(kind, field, item));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).flatMap(([key, each]) =>
    each === undefined || isServerDefault(kind, field, key, each) || isDefaultPull(field, key, value)
      ? []
      : [[key, withoutDefaults(kind, key, each)] as const],
  );
  return Object.fromEntries(fields);
}

/** imagePullPolicy defaults to Always for an image without a tag or with `latest`, otherwise to IfNotPresent. */
function isDefaultPull(parent: string, field: string, container: object): boolean {
  if (field !== 'imagePullPolicy' || !containers.includes(parent)) return false;
  const { image = '', imagePullPolicy } = container as { image?: string; imagePullPolicy?: string };
  return imagePullPolicy === defaultPullPolicy(image);
}

export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const isLatest = !image.includes('@') && /(^[^:]*|:latest)$/.test(image.split('/').at(-1) ?? '');
  return isLatest ? 'Always' : 'IfNotPresent';
}

/** The object without fields that have their default. Custom resources are unchanged. */
export function objectWithoutDefaults(object: KubernetesObject): Json {
  return isStoredByOwnRules(object) ? withoutDefaults(kindOf(object), '', object) : object;
}

/** Whether the API server defines the kind itself, so that its defaults and merge keys apply. */
export function isStoredByOwnRules({ apiVersion }: KubernetesObject): boolean {
  const group = groupOf(apiVersion);
  return !group.includes('.') || group.endsWith('.k8s.io');
}

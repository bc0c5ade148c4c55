import type { Json, KubernetesObject } from '../../../documents/kubernetes';
import { valueAt } from '../../../kubernetes/path';
import { parseQuantity } from '../../../kubernetes/quantity';
import { shown } from '../../../kubernetes/shown';
import { everyObject } from '../parts';
import { type Fault, rule } from '../rule';

/** What an apply can't change; a field that is absent on both sides is the same. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  ReplicaSet: ['spec.selector'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
  Job: [
    'spec.template',
    'spec.completions',
    'spec.selector',
    'spec.completionMode',
    'spec.podFailurePolicy',
    'spec.backoffLimitPerIndex',
  ],
  PersistentVolumeClaim: [
    'spec.accessModes',
    'spec.storageClassName',
    'spec.volumeName',
    'spec.volumeMode',
    'spec.selector',
    'spec.dataSource',
    'spec.dataSourceRef',
  ],
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  IngressClass: ['spec.controller'],
  Service: ['spec.clusterIP'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  PriorityClass: ['value', 'preemptionPolicy'],
  Secret: ['type'],
};

/** What the server fills in where the manifest says nothing, so that leaving it out changes nothing. */
const defaulted = ['spec.clusterIP', 'spec.volumeName', 'spec.storageClassName', 'spec.completions', 'type'];

/** What it fills in with a value that is always the same, so that writing it out changes nothing either. */
const defaults: Readonly<Record<string, string>> = {
  'spec.podManagementPolicy': 'OrderedReady',
  'spec.completionMode': 'NonIndexed',
  'spec.volumeMode': 'Filesystem',
  preemptionPolicy: 'PreemptLowerPriority',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  type: 'Opaque',
};

export const immutableFields = rule({
  id: 'immutable-fields',
  sentence: 'Nothing that runs is changed where it can only be replaced.',
  why: 'The API server refuses the apply halfway through, with what came before it already applied.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Give it a new name, or delete the running object first, knowing what that takes with it.',
  rare: true,
  parts: everyObject,
  faults: (object, manifests) => {
    const before = manifests.before(object);
    return before === undefined ? undefined : refusedChanges(object, before);
  },
});

/** What of an object the API server would not let an apply change, held against what was applied before. */
export function refusedChanges(object: KubernetesObject, before: KubernetesObject): Fault[] {
  return [
    ...(immutable[object.kind] ?? [])
      .filter((path) => isChanged(object, before, path))
      .map((path) => changed(path, before)),
    ...storageFaults(object, before),
    ...podFaults(object, before),
    ...dataFaults(object, before),
  ];
}

function isChanged(object: KubernetesObject, before: KubernetesObject, path: string): boolean {
  const [now, then] = [object, before].map((each) => valueAt(each, path));
  if (now === undefined && defaulted.includes(path)) return false;
  return canonical(now ?? defaults[path]) !== canonical(then ?? defaults[path]);
}

function changed(path: string, before: KubernetesObject): Fault {
  const then = valueAt(before, path);
  const told = then === undefined ? 'absent' : shown(before, path, then);
  return { path, must: `stay what was applied before: ${told}` };
}

/** A claim may grow, if its class lets it, and never shrink. */
function storageFaults(object: KubernetesObject, before: KubernetesObject): Fault[] {
  if (object.kind !== 'PersistentVolumeClaim') return [];
  const path = 'spec.resources.requests.storage';
  const size = (of: KubernetesObject) => parseQuantity(String(valueAt(of, path) ?? '')) ?? 0;
  return size(object) < size(before) ? [changed(path, before)] : [];
}

/** What of a pod that runs can be changed; of its containers the image alone. */
const changeable = ['tolerations', 'activeDeadlineSeconds', 'terminationGracePeriodSeconds'];

function podFaults(object: KubernetesObject, before: KubernetesObject): Fault[] {
  if (object.kind !== 'Pod') return [];
  const fixed = ({ spec }: KubernetesObject) =>
    canonical(
      JSON.parse(
        JSON.stringify(spec ?? {}, (key, value: unknown) =>
          changeable.includes(key) || key === 'image' ? undefined : value,
        ),
      ) as Json,
    );
  return fixed(object) === fixed(before)
    ? []
    : [{ path: 'spec', found: 'differs', must: 'stay what was applied before, but for images' }];
}

/** What a Secret holds is not shown, nor compared aloud. */
function dataFaults(object: KubernetesObject, before: KubernetesObject): Fault[] {
  if (before['immutable'] !== true || !['ConfigMap', 'Secret'].includes(object.kind)) return [];
  return ['data', 'binaryData', 'stringData', 'immutable']
    .filter((field) => canonical(object[field]) !== canonical(before[field]))
    .map((path) => ({
      path,
      found: 'differs from what was applied before',
      must: 'stay: the object is immutable',
    }));
}

/** The same text for the same value, whatever the order of its keys. */
function canonical(value: Json | undefined): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each,
    ) ?? 'undefined'
  );
}

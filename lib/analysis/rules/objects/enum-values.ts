import type { Json, KubernetesObject } from '../../../documents/kubernetes';
import { nearest } from '../../../documents/nearest';
import { knownKind } from '../../../kubernetes/schema/kubernetes-schema';
import { everyObject } from '../parts';
import { type Fault, rule } from '../rule';

const protocols = ['TCP', 'UDP', 'SCTP'];
const labelOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Allowed values by field name. A name that means different things is written with its parent: `strategy.type`. */
const words: Readonly<Record<string, readonly string[]>> = {
  imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
  dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  protocol: protocols,
  whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway'],
  nodeTaintsPolicy: ['Honor', 'Ignore'],
  nodeAffinityPolicy: ['Honor', 'Ignore'],
  concurrencyPolicy: ['Allow', 'Forbid', 'Replace'],
  unhealthyPodEvictionPolicy: ['IfHealthyBudget', 'AlwaysAllow'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  internalTrafficPolicy: ['Cluster', 'Local'],
  sessionAffinity: ['None', 'ClientIP'],
  terminationMessagePolicy: ['File', 'FallbackToLogsOnError'],
  fsGroupChangePolicy: ['Always', 'OnRootMismatch'],
  preemptionPolicy: ['Never', 'PreemptLowerPriority'],
  podManagementPolicy: ['OrderedReady', 'Parallel'],
  completionMode: ['NonIndexed', 'Indexed'],
  volumeMode: ['Filesystem', 'Block'],
  procMount: ['Default', 'Unmasked'],
  scheme: ['HTTP', 'HTTPS'],
  policyTypes: ['Ingress', 'Egress'],
  'strategy.type': ['RollingUpdate', 'Recreate'],
  'updateStrategy.type': ['RollingUpdate', 'OnDelete'],
  'seccompProfile.type': ['RuntimeDefault', 'Localhost', 'Unconfined'],
  'tolerations.operator': ['Exists', 'Equal'],
  'tolerations.effect': ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  'matchExpressions.operator': labelOperators,
  'nodeAffinity.operator': [...labelOperators, 'Gt', 'Lt'],
  'emptyDir.medium': ['', 'Memory'],
};

/** Maps with free keys and values, where a key such as `protocol` is not the field of that name. */
const freeMaps: ReadonlySet<string> = new Set([
  'matchLabels',
  'labels',
  'annotations',
  'nodeSelector',
  'selector',
  'data',
  'stringData',
  'binaryData',
]);

export const enumValues = rule({
  id: 'enum-values',
  sentence: 'An enum field has one of its allowed values.',
  why: 'The API server refuses any other value. The OpenAPI schema does not list the allowed values.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write one of the allowed values; they are case-sensitive.',
  parts: everyObject,
  faults: (object) => {
    if (knownKind(object) === undefined || !isKubernetes(object)) return undefined;
    const faults: Fault[] = [];
    for (const [field, value] of Object.entries(object)) walk(value, field, '', field, faults);
    return faults;
  },
});

/** Custom resources list their enum values in their own schemas. */
function isKubernetes({ apiVersion }: KubernetesObject): boolean {
  return !apiVersion.includes('.') || apiVersion.includes('.k8s.io/');
}

function walk(value: Json | undefined, field: string, around: string, path: string, faults: Fault[]): void {
  if (typeof value === 'string') {
    // Node affinity also compares labels as numbers: Gt and Lt.
    const holder = path.includes('.nodeAffinity.') ? 'nodeAffinity' : around;
    const known = words[field] ?? words[`${holder}.${field}`];
    if (known === undefined || known.includes(value) || freeMaps.has(around)) return;
    const near = nearest(value, known);
    faults.push({
      path,
      must: near === undefined ? `be ${known.map((word) => word || '""').join(' or ')}` : `be ${near}`,
    });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, field, around, `${path}[${index}]`, faults);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) walk(each, key, field, `${path}.${key}`, faults);
  }
}

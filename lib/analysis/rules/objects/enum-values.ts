import type { Json, KubernetesObject } from '../../../documents/kubernetes';
import { nearest } from '../../../documents/nearest';
import { knownKind } from '../../../kubernetes/schema/kubernetes-schema';
import { everyObject } from '../parts';
import { type Fault, rule } from '../rule';

const protocols = ['TCP', 'UDP', 'SCTP'];
const labelOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Fields that have few words, by the field and where its name alone doesn't tell the field around it. */
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

/** Maps whose keys are anybody's, and whose texts are anything. */
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
  sentence: 'A field that has few words has one of them.',
  why: 'The API server refuses any other; the schema that is kept here does not know them.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write the word as it stands there; upper and lower case matter.',
  parts: everyObject,
  faults: (object) => {
    if (knownKind(object) === undefined || !isKubernetes(object)) return undefined;
    const faults: Fault[] = [];
    for (const [field, value] of Object.entries(object)) walk(value, field, '', field, faults);
    return faults;
  },
});

/** Custom kinds have their words in their schemas. */
function isKubernetes({ apiVersion }: KubernetesObject): boolean {
  return !apiVersion.includes('.') || apiVersion.includes('.k8s.io/');
}

function walk(value: Json | undefined, field: string, around: string, path: string, faults: Fault[]): void {
  if (typeof value === 'string') {
    // Labels of nodes are compared as numbers too.
    const holder = path.includes('.nodeAffinity.') ? 'nodeAffinity' : around;
    const known = words[field] ?? words[`${holder}.${field}`];
    if (known === undefined || known.includes(value) || freeMaps.has(around)) return;
    const near = nearest(value, known);
    faults.push({
      path,
      must:
        near === undefined
          ? `be ${known.map((word) => word || '""').join(' or ')}`
          : `be ${near}, if that is meant`,
    });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, field, around, `${path}[${index}]`, faults);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) walk(each, key, field, `${path}.${key}`, faults);
  }
}

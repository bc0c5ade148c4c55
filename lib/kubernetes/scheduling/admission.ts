import type { NodeSelectorRequirement, PodSpec, Toleration } from '../../../imports/kubernetes/kinds';
import type { Labels } from '../workloads/selector';
import type { Node, Taint } from './node';

/**
 * The taint of a node that the control plane can't reach. (A cordoned node has
 * `node.kubernetes.io/unschedulable`.)
 */
const lossTaint = 'node.kubernetes.io/unreachable';

/**
 * The label with a node's CPU architecture, which the kubelet sets. If the known labels of a node lack it,
 * the node counts as having the architecture that the pod requires.
 */
const architecture = 'kubernetes.io/arch';

/**
 * Default number of seconds until a pod is evicted from a lost node (admission plugin
 * DefaultTolerationSeconds).
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
 */
export const defaultTolerationSeconds = 300;

/** Seconds until a pod with these tolerations is evicted from a lost node. */
export function secondsUntilEviction({ tolerations = [] }: PodSpec): number {
  const own = tolerations.filter(
    ({ key, effect = 'NoExecute', operator }) =>
      effect === 'NoExecute' && (key === lossTaint || (key === undefined && operator === 'Exists')),
  );
  if (own.length === 0) return defaultTolerationSeconds;
  return Math.min(
    ...own.map(({ tolerationSeconds = Number.POSITIVE_INFINITY }) => Math.max(0, tolerationSeconds)),
  );
}

/** Whether a pod tolerates every taint with the effect NoSchedule, such as that of a cordoned node. */
export function ignoresTaints({ tolerations = [] }: PodSpec): boolean {
  return tolerations.some(
    ({ key, operator, effect }) =>
      operator === 'Exists' && key === undefined && (effect === undefined || effect === 'NoSchedule'),
  );
}

/**
 * Whether a node may run a pod, if resources are left out of account: node selector, required node affinity,
 * nodeName and taints. The DaemonSet controller checks the same fields.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export function admits(
  { nodeSelector = {}, affinity, nodeName, tolerations = [] }: PodSpec,
  node: Node,
): boolean {
  const { labels, taints = [] } = node;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return (
    (nodeName === undefined || nodeName === node.name) &&
    Object.entries(nodeSelector).every(
      ([key, value]) => labels[key] === value || isUnstatedArchitecture(key, labels),
    ) &&
    (terms === undefined ||
      terms.some(
        ({ matchExpressions = [], matchFields = [] }) =>
          matchExpressions.length + matchFields.length > 0 &&
          matchExpressions.every(
            (each) => meets(each, labels) || isUnstatedArchitecture(each.key ?? '', labels),
          ) &&
          matchFields.every((each) => meets(each, { 'metadata.name': node.name })),
      )) &&
    taints.every(
      (taint) => taint.effect === 'PreferNoSchedule' || tolerations.some((each) => tolerates(each, taint)),
    )
  );
}

function isUnstatedArchitecture(key: string, labels: Labels): boolean {
  return key === architecture && labels[key] === undefined;
}

function tolerates({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  return (
    (effect === undefined || effect === taint.effect) &&
    (key === undefined ? operator === 'Exists' : key === taint.key) &&
    (operator === 'Exists' || value === (taint.value ?? ''))
  );
}

function meets({ key = '', operator, values = [] }: NodeSelectorRequirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

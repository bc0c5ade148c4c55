import type { NodeSelectorRequirement, PodSpec, Toleration } from '../../../imports/kubernetes/kinds';
import type { DrillNode } from './facts';

/** What a lost node carries; a cordoned one carries `node.kubernetes.io/unschedulable`. */
const lossTaint = 'node.kubernetes.io/unreachable';

/**
 * Seconds that a pod stays on a lost node before it is deleted there: the admission plugin DefaultTolerationSeconds adds
 * 300 where the pod states nothing.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
 */
export function toleratesLoss({ tolerations = [] }: PodSpec): number {
  const own = tolerations.filter(
    ({ key, effect = 'NoExecute', operator }) =>
      effect === 'NoExecute' && (key === lossTaint || (key === undefined && operator === 'Exists')),
  );
  if (own.length === 0) return 300;
  return Math.min(
    ...own.map(({ tolerationSeconds = Number.POSITIVE_INFINITY }) => Math.max(0, tolerationSeconds)),
  );
}

/** Whether a pod may be put on nodes that are cordoned or lost. */
export function ignoresTaints({ tolerations = [] }: PodSpec): boolean {
  const is = ({ key, operator, effect }: Toleration) =>
    operator === 'Exists' && key === undefined && (effect === undefined || effect === 'NoSchedule');
  return tolerations.some(is);
}

/** Whether the pod's selector and its required affinity admit a node. */
export function admits({ nodeSelector = {}, affinity }: PodSpec, node: DrillNode): boolean {
  const { labels } = node;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return (
    Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
    (terms === undefined ||
      terms.some(
        ({ matchExpressions = [], matchFields = [] }) =>
          matchExpressions.length + matchFields.length > 0 &&
          matchExpressions.every((each) => meets(each, labels)) &&
          matchFields.every((each) => meets(each, { 'metadata.name': node.name })),
      ))
  );
}

function meets(
  { key = '', operator, values = [] }: NodeSelectorRequirement,
  labels: Readonly<Record<string, string>>,
): boolean {
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

import type { ResourceQuotaSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import type { Pod } from '../workloads/pods';
import { rolloutPeak } from './placement';
import { podAmount, type ResourceSide } from './requests';

/** What an entry of a quota counts: pods, or their requests or limits of a resource. */
type Counted = 'pods' | { readonly side: ResourceSide; readonly resource: string };

/** Short names: in a quota, `cpu` means `requests.cpu`. */
const shortNames = ['cpu', 'memory', 'ephemeral-storage'];

/**
 * What an entry of a quota counts.
 *
 * @returns undefined for an entry that does not count pods, such as `count/secrets`
 */
export function countedBy(name: string): Counted | undefined {
  if (name === 'pods' || name === 'count/pods') return 'pods';
  if (shortNames.includes(name)) return { side: 'requests', resource: name };
  const [, side, resource] = /^(requests|limits)\.(.+)$/.exec(name) ?? [];
  // `requests.storage` counts the storage of claims, not of pods.
  if (resource === undefined || resource === 'storage') return undefined;
  return { side: side as ResourceSide, resource };
}

/** The amount that one pod adds to an entry of a quota. Undefined for an entry that does not count pods. */
export function amountCounted(pod: Pod, manifests: Manifests, name: string): number | undefined {
  const counted = countedBy(name);
  if (counted === undefined) return undefined;
  return counted === 'pods' ? 1 : podAmount(pod, manifests, counted.resource, counted.side);
}

/**
 * The resources that every container must set if a quota of the namespace counts them: CPU and memory. For
 * all others, such as ephemeral storage, a missing value counts as 0.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#compute-resource-quota
 */
export function requiredBy(hard: object): Exclude<Counted, 'pods'>[] {
  return Object.keys(hard).flatMap((name) => {
    const counted = countedBy(name);
    return counted === undefined || counted === 'pods' || !['cpu', 'memory'].includes(counted.resource)
      ? []
      : [counted];
  });
}

/**
 * The amount of a quota entry that the pods of a namespace use at the peak of their rollouts, with
 * autoscalers at their maximum. For pods without an upper bound the minimum counts: DaemonSets with unknown
 * nodes, and CronJobs with concurrent runs.
 *
 * @param name an entry of `spec.hard`, such as `pods` or `requests.memory`
 * @returns undefined for an entry that does not count pods
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaPeak(
  manifests: Manifests,
  namespace: string,
  scope: Pick<ResourceQuotaSpec, 'scopes' | 'scopeSelector'>,
  name: string,
): number | undefined {
  if (countedBy(name) === undefined) return undefined;
  return manifests.pods.of(namespace).reduce((sum, pod) => {
    if (isInScope(pod, scope) !== true) return sum;
    return sum + rolloutPeak(pod) * (amountCounted(pod, manifests, name) ?? 0);
  }, 0);
}

/**
 * Whether a pod is in the scope of a quota.
 *
 * @returns undefined if the manifests are not sufficient to decide this
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function isInScope(
  { spec }: Pod,
  { scopes = [], scopeSelector }: Pick<ResourceQuotaSpec, 'scopes' | 'scopeSelector'>,
): boolean | undefined {
  const isBounded = spec.activeDeadlineSeconds !== undefined;
  const isBestEffort = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].every(
    ({ resources }) => Object.keys({ ...resources?.requests, ...resources?.limits }).length === 0,
  );
  const inScope = (scope: string | undefined): boolean | undefined => {
    if (scope === 'Terminating') return isBounded;
    if (scope === 'NotTerminating') return !isBounded;
    if (scope === 'BestEffort') return isBestEffort;
    if (scope === 'NotBestEffort') return !isBestEffort;
    return undefined;
  };
  const selected = (scopeSelector?.matchExpressions ?? []).map(({ scopeName, operator, values = [] }) => {
    if (scopeName !== 'PriorityClass') return inScope(scopeName);
    const name = spec.priorityClassName;
    if (operator === 'Exists') return name !== undefined;
    if (operator === 'DoesNotExist') return name === undefined;
    const isListed = name !== undefined && values.includes(name);
    return operator === 'In' ? isListed : !isListed;
  });
  const all = [...scopes.map(inScope), ...selected];
  return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
}

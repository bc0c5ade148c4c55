import type { ResourceQuotaSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import type { Pod } from '../workloads/pods';
import { rolloutPeak } from './placement';
import { podAmount, type ResourceSide } from './requests';

/** What a quota counts of pods by one of its names: the pods, or what they request or are limited to. */
type Counted = 'pods' | { readonly side: ResourceSide; readonly resource: string };

/** A quota may call requests by the resource alone. */
const shortNames = ['cpu', 'memory', 'ephemeral-storage'];

/** @returns undefined for what isn't about pods, such as `count/secrets` */
export function countedBy(name: string): Counted | undefined {
  if (name === 'pods' || name === 'count/pods') return 'pods';
  if (shortNames.includes(name)) return { side: 'requests', resource: name };
  const [, side, resource] = /^(requests|limits)\.(.+)$/.exec(name) ?? [];
  // Storage is requested by claims.
  if (resource === undefined || resource === 'storage') return undefined;
  return { side: side as ResourceSide, resource };
}

/** What one pod counts for by a name of a quota; undefined for what is not about pods. */
export function amountCounted(pod: Pod, manifests: Manifests, name: string): number | undefined {
  const counted = countedBy(name);
  if (counted === undefined) return undefined;
  return counted === 'pods' ? 1 : podAmount(pod, manifests, counted.resource, counted.side);
}

/**
 * What each container must have in a namespace whose quota counts it; of other resources, such as ephemeral storage, what
 * states none counts as nothing.
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
 * What a namespace's pods take of a quota at the peak of a rollout, with every autoscaler at its maximum. Of pods that
 * nothing bounds the fewest count: those of a DaemonSet where the nodes are not known, and overlapping runs of a CronJob.
 *
 * @param name as in `spec.hard`, such as `pods` or `requests.memory`
 * @returns undefined for what is not about pods
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
 * Whether a quota counts a pod.
 *
 * @returns undefined where its scope is about something that no manifest states
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

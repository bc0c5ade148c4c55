import type { ResourceQuotaSpec } from '../../../imports/kubernetes/kinds';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { keyStep } from '../path';
import { parseQuantity } from '../quantity';
import { resolvePace } from '../rollout/rollout-pace';
import { rolloutStrategyOf } from '../rollout/rollout-strategy';
import { amountCounted, countedBy, isInScope } from '../scheduling/quota';
import { containerAmount, containerRanges } from '../scheduling/requests';
import type { Pod } from '../workloads/pods';
import type { StartObstacle } from './start-obstacle';

/** Tolerance for rounding errors in sums of decimal fractions. */
const slack = 1e-9;

/** Entries of a quota for which every container must set a value: the quota refuses containers without one. */
const mustBeStated = /^((requests|limits)\.)?(cpu|memory)$/;

/**
 * Reasons why quotas of the namespace certainly refuse a new pod, even if all other workloads run their minimum
 * number of pods.
 *
 * @param old the pods that the new ones replace; they count until they have ended
 */
export function findQuotaFaults(pod: Pod, manifests: Manifests, old: Pod | undefined): StartObstacle[] {
  return manifests
    .of('ResourceQuota')
    .filter(({ object }) => namespaceOf(object) === pod.namespace)
    .flatMap(({ object, fields: { spec = {} } }) => {
      if (isInScope(pod, spec) !== true) return [];
      const quota = `ResourceQuota ${pod.namespace}/${object.metadata.name}`;
      return Object.entries(spec.hard ?? {}).flatMap(([name, hard]) => [
        ...findUnsetValues(pod, manifests, quota, name),
        ...findExceededEntries(pod, manifests, old, spec, quota, name, String(hard)),
      ]);
    });
}

function findUnsetValues(pod: Pod, manifests: Manifests, quota: string, name: string): StartObstacle[] {
  const counted = countedBy(name);
  if (counted === undefined || counted === 'pods' || !mustBeStated.test(name)) return [];
  const { side, resource } = counted;
  const ranges = containerRanges(manifests, pod.namespace);
  const { resources, initContainers = [], containers = [] } = pod.spec;
  if (resources?.[side]?.[resource] !== undefined) return [];
  const all = [...initContainers, ...containers];
  const bare = all.filter((each) => containerAmount(each, resource, side, ranges) === undefined);
  if (bare.length === 0) return [];
  const names = bare.map((each) => each.name).join(', ');
  return [
    {
      stage: 'refused',
      key: `${quota} requires ${name}`,
      path: `${pod.path}.containers`,
      reason: `${quota} counts ${name}, so it refuses pods in which a container has no resources.${side}.${resource}, such as ${names}`,
      wayOut: `Set resources.${side}.${resource} for each container, or set a default in a LimitRange.`,
    },
  ];
}

function findExceededEntries(
  pod: Pod,
  manifests: Manifests,
  old: Pod | undefined,
  spec: ResourceQuotaSpec,
  quota: string,
  name: string,
  hard: string,
): StartObstacle[] {
  const limit = parseQuantity(hard);
  const each = amountCounted(pod, manifests, name);
  if (limit === undefined || each === undefined || each === 0) return [];
  const own = pod.isServing ? pod.count.least * each : 0;
  const others = servingAmount(pod.namespace, manifests, spec, quota, name) - own;
  const kept = old === undefined ? 0 : countKeptPods(pod, old) * (amountCounted(old, manifests, name) ?? 0);
  const needed = others + Math.max(kept + each, pod.count.least * each);
  if (needed <= limit + slack) return [];
  return [
    {
      stage: 'refused',
      key: `${quota} ${name}`,
      path: pod.path,
      reason: `${quota} is too small for the new pods: ${name} is ${hard}, but the running pods and the new pods together need at least ${Number(needed.toFixed(3))}`,
      wayOut: `Raise spec.hard${keyStep(name)} of ${quota} to at least ${Number(needed.toFixed(3))}, and apply the quota before this change.`,
    },
  ];
}

const servingAmounts = new WeakMap<Manifests, Map<string, number>>();

/**
 * The amount of a quota entry that the permanently running workloads of a namespace use, each with its minimum number
 * of pods.
 */
function servingAmount(
  namespace: string,
  manifests: Manifests,
  spec: ResourceQuotaSpec,
  quota: string,
  name: string,
): number {
  const known = servingAmounts.get(manifests) ?? new Map<string, number>();
  servingAmounts.set(manifests, known);
  const key = `${quota}\n${name}`;
  const found =
    known.get(key) ??
    manifests.pods
      .of(namespace)
      .filter((pod) => pod.isServing && isInScope(pod, spec) === true)
      .reduce((sum, pod) => sum + pod.count.least * (amountCounted(pod, manifests, name) ?? 0), 0);
  known.set(key, found);
  return found;
}

/** Number of old pods that a rollout keeps until the first new pod is ready. */
function countKeptPods({ object, count }: Pod, old: Pod): number {
  const strategy = rolloutStrategyOf(object);
  if (strategy?.kind !== 'RollingUpdate') return 0;
  return Math.max(0, Math.min(old.count.least, count.least - resolvePace(strategy, count.least).unavailable));
}

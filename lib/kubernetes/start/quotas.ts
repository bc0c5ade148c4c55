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

/** Tolerance for sums of decimal fractions. */
const slack = 1e-9;

/** Resources for which a quota refuses every container without a value. */
const mustBeStated = /^((requests|limits)\.)?(cpu|memory)$/;

/**
 * New pods that quotas of the namespace certainly refuse, even if everything else runs the fewest pods.
 *
 * @param old the pods that are replaced; they count until they have ended
 */
export function findQuotaFaults(pod: Pod, manifests: Manifests, old: Pod | undefined): StartObstacle[] {
  return manifests
    .of('ResourceQuota')
    .filter(({ object }) => namespaceOf(object) === pod.namespace)
    .flatMap(({ object, fields: { spec = {} } }) => {
      if (isInScope(pod, spec) !== true) return [];
      const quota = `ResourceQuota ${pod.namespace}/${object.metadata.name}`;
      return Object.entries(spec.hard ?? {}).flatMap(([name, hard]) => [
        ...unstated(pod, manifests, quota, name),
        ...exceeded(pod, manifests, old, spec, quota, name, String(hard)),
      ]);
    });
}

function unstated(pod: Pod, manifests: Manifests, quota: string, name: string): StartObstacle[] {
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
      reason: `${quota} refuses its pods: container ${names} has no resources.${side}.${resource}, and the quota counts ${name}`,
      wayOut: `Set resources.${side}.${resource} for each container, or a default in a LimitRange.`,
    },
  ];
}

function exceeded(
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
  const kept = old === undefined ? 0 : keptPods(pod, old) * (amountCounted(old, manifests, name) ?? 0);
  const needed = others + Math.max(kept + each, pod.count.least * each);
  if (needed <= limit + slack) return [];
  return [
    {
      stage: 'refused',
      key: `${quota} ${name}`,
      path: pod.path,
      reason: `${quota} has no room for its new pods: ${name} is ${hard}, and together with the running pods they need at least ${Number(needed.toFixed(3))}`,
      wayOut: `Raise spec.hard${keyStep(name)} of ${quota} to at least ${Number(needed.toFixed(3))}, in an apply before this one.`,
    },
  ];
}

const servingAmounts = new WeakMap<Manifests, Map<string, number>>();

/** What the fewest pods of everything that serves in a namespace take of a quota. */
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

/** Number of old pods that a rollout keeps until its first new pod is ready. */
function keptPods({ object, count }: Pod, old: Pod): number {
  const strategy = rolloutStrategyOf(object);
  if (strategy?.kind !== 'RollingUpdate') return 0;
  return Math.max(0, Math.min(old.count.least, count.least - resolvePace(strategy, count.least).unavailable));
}

import type { Container, LimitRangeItem } from '../../../imports/kubernetes/kinds';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { parseQuantity } from '../quantity';
import { isSidecar } from '../rollout/pod-start';
import type { Pod } from '../workloads/pods';
import type { Amount } from './node';

/** Requests or limits of a container. */
export type ResourceSide = 'requests' | 'limits';

/** The amount of a request or limit. Undefined if the container does not set one. */
type Stated = number | undefined;

/**
 * The request of one pod as the scheduler and quotas compute it: the sum of its containers and sidecars. If one init
 * container, together with the sidecars before it, requests more than this sum, its amount counts instead. A
 * container without a request requests its limit, or the default of the namespace.
 *
 * @param resource such as `cpu`, `memory`, `ephemeral-storage`
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podAmount(
  pod: Pod,
  manifests: Manifests,
  resource: string,
  side: ResourceSide = 'requests',
): number {
  const { containers = [], initContainers = [], resources } = pod.spec;
  const ownOfPod = amountIn(resources?.[side], resource);
  if (ownOfPod !== undefined) return ownOfPod;
  const ranges = containerRanges(manifests, pod.namespace);
  const of = (container: Container) => containerAmount(container, resource, side, ranges) ?? 0;
  const sum = (some: readonly Container[]) => some.reduce((total, each) => total + of(each), 0);
  const starting = initContainers.map(
    (each, index) => of(each) + sum(initContainers.slice(0, index).filter(isSidecar)),
  );
  const ofContainers = Math.max(sum(containers) + sum(initContainers.filter(isSidecar)), ...starting);
  // If a pod has a limit for the whole pod and no container has a request, the limit is also the pod's request.
  return ofContainers > 0 || side === 'limits' ? ofContainers : (amountIn(resources?.limits, resource) ?? 0);
}

/** CPU and memory requests of one pod. */
export function amountsOf(pod: Pod, manifests: Manifests, side: ResourceSide = 'requests'): Amount {
  return {
    cpu: podAmount(pod, manifests, 'cpu', side),
    memory: podAmount(pod, manifests, 'memory', side),
  };
}

/**
 * The request or limit of a container, with the defaults of the API server. A missing request becomes the limit; a
 * LimitRange can set defaults for both.
 *
 * @returns undefined if the container and the LimitRanges set no amount
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function containerAmount(
  { resources }: Container,
  resource: string,
  side: ResourceSide,
  ranges: readonly LimitRangeItem[],
): Stated {
  const limit = amountIn(resources?.limits, resource);
  if (side === 'limits')
    return limit ?? first(ranges, ({ default: most, max }) => amountIn({ ...max, ...most }, resource));
  return (
    amountIn(resources?.requests, resource) ??
    limit ??
    first(ranges, ({ default: most, defaultRequest, max, min }) =>
      amountIn({ ...min, ...max, ...most, ...defaultRequest }, resource),
    )
  );
}

/** The LimitRange items of type Container in a namespace. */
export function containerRanges(manifests: Manifests, namespace: string): readonly LimitRangeItem[] {
  return manifests
    .of('LimitRange')
    .filter(({ object }) => namespaceOf(object) === namespace)
    .flatMap(({ fields }) => fields.spec?.limits ?? [])
    .filter(({ type }) => type === 'Container');
}

function first(ranges: readonly LimitRangeItem[], of: (range: LimitRangeItem) => Stated): Stated {
  for (const range of ranges) {
    const found = of(range);
    if (found !== undefined) return found;
  }
  return undefined;
}

function amountIn(amounts: object | undefined, resource: string): Stated {
  const stated = (amounts as Readonly<Record<string, string | number>> | undefined)?.[resource];
  return stated === undefined ? undefined : parseQuantity(String(stated));
}

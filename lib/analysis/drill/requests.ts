import type { Container, PodSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../../kubernetes/manifests';
import { parseQuantity } from '../../kubernetes/quantity';
import type { Amount } from './facts';

type Resource = 'cpu' | 'memory';

/**
 * What the scheduler counts for a pod: the sum of its containers and sidecars, or its largest init container with the
 * sidecars that run by then. A container without a request gets its limit, or else the namespace's default.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function podRequests(manifests: Manifests, namespace: string, spec: PodSpec): Amount {
  return amountOf(manifests, namespace, spec, request);
}

/** What its containers may use at most, counted in the same way; a container without a limit counts as nothing. */
export function podLimits(manifests: Manifests, namespace: string, spec: PodSpec): Amount {
  return amountOf(manifests, namespace, spec, limit);
}

type Of = (container: Container, resource: Resource, defaults: Defaults) => number;

function amountOf(manifests: Manifests, namespace: string, spec: PodSpec, of: Of): Amount {
  const defaults = containerDefaults(manifests, namespace);
  const inPod = (resource: Resource) => podAmount(spec, (container) => of(container, resource, defaults));
  return { cpu: inPod('cpu'), memory: inPod('memory') };
}

function podAmount(
  { containers = [], initContainers = [] }: PodSpec,
  of: (container: Container) => number,
): number {
  const sum = (some: readonly Container[]) => some.reduce((total, each) => total + of(each), 0);
  const isSidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always';
  const starting = initContainers.map(
    (each, index) => of(each) + sum(initContainers.slice(0, index).filter(isSidecar)),
  );
  return Math.max(sum(containers) + sum(initContainers.filter(isSidecar)), ...starting);
}

type Defaults = Readonly<Partial<Record<'default' | 'defaultRequest', Readonly<Record<string, unknown>>>>>;

function containerDefaults(manifests: Manifests, namespace: string): Defaults {
  const items = manifests
    .of('LimitRange')
    .filter(({ object }) => (object.metadata.namespace ?? 'default') === namespace)
    .flatMap(({ fields }) => fields.spec?.limits ?? []);
  return items.find(({ type }) => type === 'Container') ?? {};
}

function request({ resources }: Container, resource: Resource, defaults: Defaults): number {
  const stated =
    resources?.requests?.[resource] ??
    resources?.limits?.[resource] ??
    defaults.defaultRequest?.[resource] ??
    defaults.default?.[resource] ??
    0;
  return parseQuantity(String(stated)) ?? 0;
}

function limit({ resources }: Container, resource: Resource, defaults: Defaults): number {
  const stated = resources?.limits?.[resource] ?? defaults.default?.[resource] ?? 0;
  return parseQuantity(String(stated)) ?? 0;
}

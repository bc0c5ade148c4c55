import type { Container, LimitRangeItem, PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { keyStep } from '../path';
import { parseQuantity } from '../quantity';
import { containerAmount, containerRanges, podAmount, type ResourceSide } from '../scheduling/requests';
import { claimTemplatesOf } from '../storage/claim-templates';
import type { Pod } from '../workloads/pods';
import type { StartObstacle } from './start-obstacle';

type Amounts = Readonly<Record<string, string | number>>;

/**
 * The limits of LimitRanges that a pod exceeds, after the defaults of the LimitRanges are applied to the pod.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function findLimitRangeFaults(pod: Pod, manifests: Manifests): StartObstacle[] {
  const { namespace, path, spec } = pod;
  const defaults = containerRanges(manifests, namespace);
  const containers = (['initContainers', 'containers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, at: `${path}.${list}[${index}]` })),
  );
  return rangesOf(manifests, namespace).flatMap(({ name, limits }) =>
    limits.flatMap((item) => {
      if (item.type === 'Pod') {
        const of = (resource: string, side: ResourceSide) => podAmount(pod, manifests, resource, side);
        return findBreaches(item, of).map((breach) =>
          obstacle(name, path, 'the sum of its containers', breach),
        );
      }
      if (item.type !== 'Container') return [];
      return containers.flatMap(({ container, at }) =>
        findBreaches(item, (resource, side) => containerAmount(container, resource, side, defaults)).map(
          (breach) => obstacle(name, at, `container ${container.name}`, breach),
        ),
      );
    }),
  );
}

/**
 * The volume claims of a StatefulSet that a LimitRange of the namespace refuses. Pods of the StatefulSet wait for
 * these claims.
 */
export function findClaimTemplateFaults({ object, namespace }: Pod, manifests: Manifests): StartObstacle[] {
  return claimTemplatesOf(object).flatMap((claim, index) =>
    findClaimFaults(
      { namespace, spec: claim.spec, path: `spec.volumeClaimTemplates[${index}].spec` },
      manifests,
    ),
  );
}

/** A volume claim, with the path of its spec in the object that contains it. */
interface LimitedClaim {
  readonly namespace: string;
  readonly spec: PersistentVolumeClaimSpec | undefined;
  readonly path: string;
}

/**
 * The limits of LimitRanges that a volume claim violates. The API server checks them whenever a claim is created or
 * changed.
 */
export function findClaimFaults(
  { namespace, spec, path }: LimitedClaim,
  manifests: Manifests,
): StartObstacle[] {
  const stated = spec?.resources?.requests?.['storage'];
  const request = stated === undefined ? undefined : parseQuantity(String(stated));
  // The schema check reports a request that is not a valid quantity.
  if (stated !== undefined && request === undefined) return [];
  return rangesOf(manifests, namespace).flatMap(({ name, limits }) =>
    limits
      .filter(({ type }) => type === 'PersistentVolumeClaim')
      .flatMap(({ max = {}, min = {} }) => {
        const [least, most] = [min, max].map((bound) => parseQuantity(String(bound['storage'] ?? '')));
        const breach = (what: string, fix: string) =>
          claimObstacle(name, `${path}.resources.requests.storage`, what, fix);
        const bounds = [
          min['storage'] && `at least ${min['storage']}`,
          max['storage'] && `at most ${max['storage']}`,
        ].filter((bound) => bound);
        if (bounds.length > 0 && request === undefined)
          return [breach('requests no storage', `Request ${bounds.join(' and ')}.`)];
        if (least !== undefined && (request ?? 0) < least)
          return [breach(`requests less storage than ${min['storage']}`, `Request ${bounds.join(' and ')}.`)];
        if (most !== undefined && (request ?? 0) > most)
          return [breach(`requests more storage than ${max['storage']}`, `Request ${bounds.join(' and ')}.`)];
        return [];
      }),
  );
}

function claimObstacle(range: string, path: string, what: string, wayOut: string): StartObstacle {
  const reason = `${range} refuses the claim, because the claim ${what}`;
  return { stage: 'refused', key: `${range} claim ${path}`, path, reason, wayOut };
}

function rangesOf(manifests: Manifests, namespace: string) {
  return manifests
    .of('LimitRange')
    .filter(({ object }) => namespaceOf(object) === namespace)
    .map(({ object, fields }) => ({
      name: `LimitRange ${namespace}/${object.metadata.name}`,
      limits: fields.spec?.limits ?? [],
    }));
}

/** Containers whose request is above the default limit of a LimitRange: the API server refuses their pods. */
export function findDefaultLimitFaults(pod: Pod, manifests: Manifests): StartObstacle[] {
  const defaults = containerRanges(manifests, pod.namespace);
  if (defaults.length === 0) return [];
  return (pod.spec.containers ?? []).flatMap((container, index) =>
    Object.entries(container.resources?.requests ?? {}).flatMap(([resource, request]) => {
      if (statesLimit(container, resource)) return [];
      const limit = containerAmount(container, resource, 'limits', defaults);
      if (limit === undefined || (parseQuantity(String(request)) ?? 0) <= limit) return [];
      const at = `${pod.path}.containers[${index}]`;
      return [
        obstacle(`A LimitRange of namespace ${pod.namespace}`, at, `container ${container.name}`, {
          resource,
          side: 'requests',
          what: `requests ${request} of ${resource}, which is above the default limit of a container`,
          fix: `Set resources.limits.${resource} to at least ${request}.`,
        }),
      ];
    }),
  );
}

function statesLimit({ resources }: Container, resource: string): boolean {
  return (resources?.limits as Amounts | undefined)?.[resource] !== undefined;
}

interface Breach {
  readonly resource: string;
  readonly side: ResourceSide;
  readonly what: string;
  readonly fix: string;
}

function findBreaches(
  { max = {}, min = {}, maxLimitRequestRatio = {} }: LimitRangeItem,
  of: (resource: string, side: ResourceSide) => number | undefined,
): Breach[] {
  const found: Breach[] = [];
  const add = (resource: string, side: ResourceSide, what: string, fix: string) =>
    found.push({ resource, side, what, fix });
  for (const [resource, most] of Object.entries(max)) {
    const [limit, bound] = [of(resource, 'limits'), parseQuantity(String(most)) ?? Number.POSITIVE_INFINITY];
    if (limit === undefined || limit === 0)
      add(resource, 'limits', `has no limit for ${resource}`, `Set a limit of at most ${most}.`);
    else if (limit > bound)
      add(resource, 'limits', `has a limit for ${resource} above ${most}`, `Lower the limit to ${most}.`);
    else if ((of(resource, 'requests') ?? 0) > bound)
      add(resource, 'requests', `requests more ${resource} than ${most}`, `Lower the request to ${most}.`);
  }
  for (const [resource, least] of Object.entries(min)) {
    const request = of(resource, 'requests') ?? 0;
    if (request < (parseQuantity(String(least)) ?? 0))
      add(resource, 'requests', `requests less ${resource} than ${least}`, `Request at least ${least}.`);
  }
  for (const [resource, most] of Object.entries(maxLimitRequestRatio)) {
    const [limit, request] = [of(resource, 'limits') ?? 0, of(resource, 'requests') ?? 0];
    const ratio = parseQuantity(String(most)) ?? Number.POSITIVE_INFINITY;
    if (request === 0 || limit / request > ratio + 1e-9)
      add(
        resource,
        'limits',
        `has a limit for ${resource} of more than ${most} times the request`,
        `Lower the limit, or raise the request.`,
      );
  }
  return found;
}

function obstacle(
  range: string,
  at: string,
  subject: string,
  { resource, side, what, fix }: Breach,
): StartObstacle {
  return {
    stage: 'refused',
    key: `${range} ${side} ${resource}`,
    path: at.endsWith('spec') ? at : `${at}.resources.${side}${keyStep(resource)}`,
    reason: `${range} refuses the pods: ${subject} ${what}`,
    wayOut: fix,
  };
}

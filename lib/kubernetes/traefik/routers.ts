import type { HttpIngressPath, IngressRule } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { keyStep } from '../path';
import { annotatedMiddlewares, middlewaresAnnotation } from '../references/of-ingresses';
import { entryPointsOf } from './entry-points';
import { type MatchTree, readMatchRule } from './match-rule';

/**
 * A route of Traefik: its match, the middlewares that a request passes, and the Services that receive the request.
 */
export interface TraefikRouter {
  readonly object: KubernetesObject;
  /** Path of the route in its object, such as `spec.rules[0].http.paths[0]`. */
  readonly path: string;
  readonly match: string;
  /** The parsed match. Undefined if Traefik ignores the route because the match is invalid. */
  readonly tree: MatchTree | undefined;
  /** If several routes match a request, the one with the highest priority receives it. */
  readonly priority: number;
  /** Path of the priority; without one, of the match, because its length is then the priority. */
  readonly priorityPath: string;
  /** Names of the route's entry points. Undefined means the default entry points. */
  readonly entryPoints: readonly string[] | undefined;
  readonly middlewares: readonly NamedMiddleware[];
  readonly backends: readonly RouterBackend[];
}

/** A middleware of a route. */
export interface NamedMiddleware {
  /** The name as the route contains it: `headers`, or `shop-headers@kubernetescrd`. */
  readonly name: string;
  /** Path of the name in the object that contains the route. */
  readonly path: string;
  /** The Middleware. Undefined if no manifest defines it. */
  readonly object: KubernetesObject | undefined;
}

/** A Service to which a route sends requests. */
export interface RouterBackend {
  /** `Service`, or `TraefikService`. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number | string | undefined;
  /** Path of the reference in the object that contains the route. */
  readonly path: string;
}

const pathMatcherAnnotation = 'traefik.ingress.kubernetes.io/router.pathmatcher';
const priorityAnnotation = 'traefik.ingress.kubernetes.io/router.priority';

/** The priority that Traefik gives to the default backend, which is lower than all others. */
const lowestPriority = -(2 ** 31);

/** The IngressClass of the Traefik that k3s installs. It is the default class of the cluster. */
export const traefikClass = 'traefik';

/** The class of an Ingress. Undefined means the default class. */
export function ingressClassOf({ metadata, spec }: KubernetesObject): string | undefined {
  const { ingressClassName } = (spec ?? {}) as { readonly ingressClassName?: string };
  return ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'];
}

/**
 * The routes that Traefik reads from Ingresses and IngressRoutes.
 *
 * @param isRead whether Traefik serves an Ingress. @default Ingresses of the class `traefik` or without a class
 * @see https://github.com/traefik/traefik/blob/v3.6/pkg/provider/kubernetes/ingress/kubernetes.go (loadRouter)
 * @see https://github.com/traefik/traefik/blob/v3.6/pkg/muxer/http/mux.go (GetRulePriority)
 */
export function traefikRouters(
  manifests: Manifests,
  isRead: (ingress: KubernetesObject) => boolean = (ingress) =>
    [traefikClass, undefined].includes(ingressClassOf(ingress)),
): TraefikRouter[] {
  return [...ofIngresses(manifests, isRead), ...ofIngressRoutes(manifests)];
}

function ofIngresses(manifests: Manifests, isRead: (ingress: KubernetesObject) => boolean): TraefikRouter[] {
  return manifests.of('Ingress').flatMap(({ object, fields: { spec = {} } }) => {
    if (!isRead(object)) return [];
    const { rules = [], defaultBackend } = spec;
    const shared = {
      object,
      entryPoints: entryPointsOf(object),
      middlewares: annotatedMiddlewares(object).map((name) => ({
        name,
        path: `metadata.annotations${keyStep(middlewaresAnnotation)}`,
        object: annotatedMiddleware(manifests, name),
      })),
    };
    const routes = rules.flatMap((rule, index) =>
      (rule.http?.paths ?? []).map((each, place): TraefikRouter => {
        const path = `spec.rules[${index}].http.paths[${place}]`;
        const match = matchOfIngress(object, rule, each);
        return {
          ...shared,
          path,
          ...matched(match, `spec.rules[${index}].host`, statedPriority(object)),
          backends: [backendOf(object, `${path}.backend`, each.backend)],
        };
      }),
    );
    if (defaultBackend === undefined || rules.length > 0) return routes;
    const path = 'spec.defaultBackend';
    return [
      ...routes,
      {
        ...shared,
        path,
        ...matched('PathPrefix(`/`)', path, { priority: lowestPriority, path }),
        backends: [backendOf(object, path, defaultBackend)],
      },
    ];
  });
}

interface StatedPriority {
  readonly priority: number;
  readonly path: string;
}

function matched(match: string, matchPath: string, stated: StatedPriority | undefined) {
  return {
    match,
    tree: readMatchRule(match),
    priority: stated?.priority ?? match.length,
    priorityPath: stated?.path ?? matchPath,
  };
}

function statedPriority({ metadata }: KubernetesObject): StatedPriority | undefined {
  const priority = Number(metadata.annotations?.[priorityAnnotation] ?? 0);
  return priority === 0 || Number.isNaN(priority)
    ? undefined
    : { priority, path: `metadata.annotations${keyStep(priorityAnnotation)}` };
}

function matchOfIngress(
  { metadata }: KubernetesObject,
  { host = '' }: IngressRule,
  { path = '', pathType }: HttpIngressPath,
): string {
  const matcher =
    pathType === 'Exact'
      ? 'Path'
      : pathType === 'Prefix'
        ? 'PathPrefix'
        : (metadata.annotations?.[pathMatcherAnnotation] ?? 'PathPrefix');
  return [
    ...(host === '' ? [] : [hostMatch(host)]),
    ...(path === '' ? [] : [`${matcher}(\`${path}\`)`]),
  ].join(' && ');
}

function hostMatch(host: string): string {
  if (!host.startsWith('*.')) return `Host(\`${host}\`)`;
  return `HostRegexp(\`^[a-zA-Z0-9-]+${host.slice(1).replaceAll('.', '\\.')}$\`)`;
}

function backendOf(
  object: KubernetesObject,
  path: string,
  { service }: HttpIngressPath['backend'] = {},
): RouterBackend {
  const { name = '', port: { number, name: portName } = {} } = service ?? {};
  const namespace = namespaceOf(object);
  return { kind: 'Service', namespace, name, port: number ?? portName, path: `${path}.service` };
}

function annotatedMiddleware(manifests: Manifests, name: string): KubernetesObject | undefined {
  return manifests.references.targetOf({
    ...{ group: 'traefik.io', kind: 'Middleware', namespace: '', name },
    ...{ key: undefined, isOptional: false, use: 'field', keptKeys: [] },
  });
}

function ofIngressRoutes(manifests: Manifests): TraefikRouter[] {
  return manifests.of('IngressRoute').flatMap(({ object, fields: { spec } }) => {
    const { routes = [], entryPoints } = spec ?? {};
    return routes.map(
      ({ match = '', priority = 0, services = [], middlewares = [] }, index): TraefikRouter => {
        const path = `spec.routes[${index}]`;
        const stated = priority === 0 ? undefined : { priority, path: `${path}.priority` };
        return {
          object,
          path,
          ...matched(match, `${path}.match`, stated),
          entryPoints: entryPoints === undefined || entryPoints.length === 0 ? undefined : entryPoints,
          middlewares: middlewares.map(({ name = '', namespace = namespaceOf(object) }, place) => ({
            name,
            path: `${path}.middlewares[${place}].name`,
            object: name.includes('@')
              ? annotatedMiddleware(manifests, name)
              : manifests.find('Middleware', namespace, name, 'traefik.io'),
          })),
          backends: services.map(
            ({ kind = 'Service', name = '', namespace = namespaceOf(object), port }, place) => ({
              ...{ kind, name, namespace, port },
              path: `${path}.services[${place}]`,
            }),
          ),
        };
      },
    );
  });
}

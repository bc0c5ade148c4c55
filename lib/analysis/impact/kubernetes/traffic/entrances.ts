import type { IngressSpec, ServiceSpec } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { annotatedMiddlewares, middlewaresAnnotation } from '../../../../kubernetes/references/of-ingresses';
import type { Consequence } from '../../consequence';
import type { ObjectChanges, Objects } from '../objects';
import { describeMatch, describeMatchChange, routesOf } from './traefik-match';

/** Access to pods from outside: hosts and paths, their middlewares, node ports. */
export function entrances(found: ObjectChanges): Consequence[] {
  const { base, head, changed, added } = found;
  const [before, after] = [ingressTargets(base), ingressTargets(head)];
  const routes = (these: typeof before, others: typeof before) =>
    [...these].filter(([route]) => !others.has(route));
  return [
    ...routes(after, before).map(([route, to]) =>
      consequence(
        'exposed',
        to.ingress,
        `${route} reaches ${to.service}, for all clients that can reach the ingress controller`,
      ),
    ),
    ...routes(before, after).map(([route, from]) => {
      const isLeft = !head.names.has(from.ingress);
      const when = isLeft ? ` as soon as ${from.ingress} is deleted` : '';
      return consequence('cut off', from.ingress, `${route} no longer reaches ${from.service}${when}`);
    }),
    ...[...after].flatMap(([route, { service, ingress, ingressClassName }]) => {
      const old = before.get(route);
      if (old === undefined) return [];
      if (old.service !== service)
        return [consequence('cut off', ingress, `${route} reaches ${service} instead of ${old.service}`)];
      if (old.ingressClassName === ingressClassName) return [];
      const classes = `${ingressClassName ?? '(default)'} instead of ${old.ingressClassName ?? '(default)'}`;
      return [
        consequence(
          'cut off',
          ingress,
          `${route} now belongs to ingress class ${classes}`,
          'spec.ingressClassName',
        ),
      ];
    }),
    ...ingressRoutes(found),
    ...changed.flatMap(({ name, before: old, after: now }) =>
      kindOf(now) === 'Ingress' ? bypassed(name, old, now) : [],
    ),
    ...[...added, ...changed.map((object) => object.after)].flatMap((object) => openNodePorts(object, base)),
  ];
}

function consequence(
  kind: 'exposed' | 'cut off',
  object: string,
  what: string,
  field = 'spec.rules',
): Consequence {
  return { class: kind, side: 'kubernetes', object, field, reason: `${what}.`, wayOut: '' };
}

interface EntranceTarget {
  readonly service: string;
  readonly ingressClassName?: string | undefined;
  readonly ingress: string;
}

/** By URL, such as `https://app.example.com/`: the Service and port behind it. */
function ingressTargets({ manifests }: Objects): Map<string, EntranceTarget> {
  return new Map(
    manifests.of('Ingress').flatMap(({ object, fields: { spec = {} } }) =>
      routesOfIngress(spec).map(([route, service]): [string, EntranceTarget] => {
        const { ingressClassName } = spec;
        return [route, { service, ingressClassName, ingress: describeObject(object) }];
      }),
    ),
  );
}

/** Changed routes of Traefik's IngressRoutes. The rule of a route can have conditions other than hosts and paths. */
function ingressRoutes({ base, head }: ObjectChanges): Consequence[] {
  const [before, after] = [base, head].map(matchesOf) as [Map<string, Match>, Map<string, Match>];
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key): Consequence[] => {
    const [old, now] = [before.get(key), after.get(key)];
    const told = (kind: 'exposed' | 'cut off', { route }: Match, what: string) =>
      consequence(kind, route, what, 'spec.routes');
    if (old === undefined && now !== undefined)
      return [told('exposed', now, `${describeMatch(now.match)} reaches ${now.service}`)];
    if (old !== undefined && now === undefined) {
      const when = !head.names.has(old.route) ? ` as soon as ${old.route} is deleted` : '';
      return [told('cut off', old, `${describeMatch(old.match)} no longer reaches ${old.service}${when}`)];
    }
    if (old === undefined || now === undefined) return [];
    return [
      ...(old.match === now.match
        ? []
        : [
            told(
              'exposed',
              now,
              `The rule of ${routesOf(now.match)} to ${now.service} changes: ${describeMatchChange(old.match, now.match)}`,
            ),
          ]),
      ...(old.service === now.service
        ? []
        : [
            told(
              'cut off',
              now,
              `${describeMatch(now.match)} reaches ${now.service} instead of ${old.service}`,
            ),
          ]),
    ];
  });
}

interface Match {
  readonly route: string;
  readonly match: string;
  readonly service: string;
}

function matchesOf({ manifests }: Objects): Map<string, Match> {
  return new Map(
    manifests.of('IngressRoute').flatMap(({ object, fields: { spec } }) => {
      const route = describeObject(object);
      return (spec?.routes ?? []).map(({ match = '', services = [] }, index): [string, Match] => {
        const names = services.map(({ name, port }) => `Service ${name}:${port}`);
        const service = names.length === 0 ? 'no Service' : names.join(' and ');
        return [`${route} ${index}`, { route, match, service }];
      });
    }),
  );
}

function routesOfIngress({ rules = [], tls = [], defaultBackend }: IngressSpec): [string, string][] {
  const secured = new Set(tls.flatMap(({ hosts = [] }) => hosts));
  const service = (backend: IngressSpec['defaultBackend']) => {
    const { name = 'nothing', port } = backend?.service ?? {};
    return `Service ${name}${port === undefined ? '' : `:${port.number ?? port.name}`}`;
  };
  const paths = rules.flatMap(({ host = '*', http }) =>
    (http?.paths ?? []).map(({ path = '/', backend }): [string, string] => [
      `${secured.has(host) ? 'https' : 'http'}://${host}${path}`,
      service(backend),
    ]),
  );
  return defaultBackend === undefined ? paths : [...paths, ['every other host', service(defaultBackend)]];
}

/** Routes whose requests no longer pass a middleware that may restrict access. */
function bypassed(name: string, before: KubernetesObject, after: KubernetesObject): Consequence[] {
  const kept = annotatedMiddlewares(after);
  const gone = annotatedMiddlewares(before).filter((each) => !kept.includes(each));
  if (gone.length === 0) return [];
  const what = `Requests no longer pass ${gone.join(' and ')}`;
  return [consequence('exposed', name, what, `metadata.annotations["${middlewaresAnnotation}"]`)];
}

/** Reports a Service that newly has a port on every node. */
function openNodePorts(object: KubernetesObject, base: Objects): Consequence[] {
  if (kindOf(object) !== 'Service') return [];
  const typeOf = (service: KubernetesObject | undefined) => ((service?.['spec'] ?? {}) as ServiceSpec).type;
  const [old, now] = [typeOf(base.manifests.same(object)), typeOf(object)];
  if (now === old || (now !== 'NodePort' && now !== 'LoadBalancer')) return [];
  const what = `A Service of type ${now} has a port on every node, which answers all clients that the firewall allows`;
  return [consequence('exposed', describeObject(object), what, 'spec.type')];
}

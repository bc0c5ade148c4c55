import type { IngressSpec, ServiceSpec } from '../../imports/kubernetes/kinds';
import { describeObject, type KubernetesObject } from '../documents/kubernetes';
import type { Consequence } from './consequence';
import type { ObjectChanges, Objects } from './objects';

/** The annotation that names what a request passes before it reaches a Service. */
const middlewares = 'traefik.ingress.kubernetes.io/router.middlewares';

/** What reaches pods from outside: hosts and paths, the middlewares before them, ports of nodes. */
export function entrances({ base, head, changed, added }: ObjectChanges): Consequence[] {
  const [before, after] = [routesOf(base), routesOf(head)];
  const routes = (these: typeof before, others: typeof before) =>
    [...these].filter(([route]) => !others.has(route));
  return [
    ...routes(after, before).map(([route, to]) =>
      consequence(
        'exposed',
        to.ingress,
        `${route} reaches ${to.service}, from wherever the edge lets it through`,
      ),
    ),
    ...routes(before, after).map(([route, from]) => {
      const isLeft = head.get(from.ingress) === undefined;
      const when = isLeft ? ` as soon as ${from.ingress} is deleted` : '';
      return consequence('cut off', from.ingress, `${route} no longer reaches ${from.service}${when}`);
    }),
    ...[...after].flatMap(([route, { service, ingress }]) => {
      const old = before.get(route);
      if (old === undefined || old.service === service) return [];
      return [consequence('cut off', ingress, `${route} reaches ${service} instead of ${old.service}`)];
    }),
    ...changed.flatMap(({ name, before: old, after: now }) =>
      now.kind === 'Ingress' ? bypassed(name, old, now) : [],
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

interface Target {
  readonly service: string;
  readonly ingress: string;
}

/** `https://app.example.com/` and the Service and port behind it. */
function routesOf(objects: Objects): Map<string, Target> {
  return new Map(
    objects.manifests
      .of('Ingress')
      .flatMap(({ object, fields: { spec = {} } }) =>
        routesOfIngress(spec).map(([route, service]): [string, Target] => [
          route,
          { service, ingress: describeObject(object) },
        ]),
      ),
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

/** Requests no longer pass a middleware that may be there to keep some out. */
function bypassed(name: string, before: KubernetesObject, after: KubernetesObject): Consequence[] {
  const of = ({ metadata }: KubernetesObject) =>
    (metadata.annotations?.[middlewares] ?? '').split(',').filter((each) => each !== '');
  const gone = of(before).filter((each) => !of(after).includes(each));
  if (gone.length === 0) return [];
  const what = `Requests no longer pass ${gone.join(' and ')}`;
  return [consequence('exposed', name, what, `metadata.annotations["${middlewares}"]`)];
}

/** A Service that has a port on every node, whatever the firewall there says. */
function openNodePorts(object: KubernetesObject, base: Objects): Consequence[] {
  if (object.kind !== 'Service') return [];
  const typeOf = (service: KubernetesObject | undefined) => ((service?.['spec'] ?? {}) as ServiceSpec).type;
  const [old, now] = [typeOf(base.get(describeObject(object))), typeOf(object)];
  if (now === old || (now !== 'NodePort' && now !== 'LoadBalancer')) return [];
  const what = `As a ${now} it has a port on every node, which answers whoever a firewall lets through`;
  return [consequence('exposed', describeObject(object), what, 'spec.type')];
}

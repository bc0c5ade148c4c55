import type { IngressSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf, specAs, type Typed } from '../../kubernetes/kinds';
import { describeObject } from '../../kubernetes/objects/object-key';
import { keyStep } from '../../kubernetes/path';
import { annotatedMiddlewares, middlewaresAnnotation } from '../../kubernetes/references/of-ingresses';
import type { PictureBox, PictureClaim, PictureLine } from './picture';
import { manifestsOf, type PictureSources } from './sources';

/** A host whose requests reach a Service, with the rules that route them. */
interface ServiceRoute {
  readonly host: string;
  readonly claims: readonly PictureClaim[];
  readonly source: KubernetesObject;
}

/** The Services that receive requests from outside the cluster, with their hosts, and the lines to their pods. */
export interface Entrances {
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
  /** The ingressClassName of all Ingresses. */
  readonly classes: readonly string[];
}

export function entrancesOf(sources: PictureSources): Entrances {
  const manifests = manifestsOf(sources);
  const found = manifests
    .of('Service')
    .map((service) => ({ service, routes: routesTo(sources, service.object) }))
    .filter(({ service, routes }) => routes.length > 0 || isPublic(service));
  return {
    boxes: found.map(({ service, routes }) => entranceBox(service, routes)),
    lines: found.flatMap(({ service }) => podLines(sources, service)),
    classes: [
      ...new Set(manifests.of('Ingress').flatMap(({ fields }) => fields.spec?.ingressClassName ?? [])),
    ].sort(),
  };
}

function isPublic({ fields }: Typed<'Service'>): boolean {
  return ['NodePort', 'LoadBalancer'].includes(fields.spec?.type ?? '');
}

function entranceBox({ object, fields }: Typed<'Service'>, routes: readonly ServiceRoute[]): PictureBox {
  const hosts = [...new Set(routes.map(({ host }) => host))];
  const ports = (fields.spec?.ports ?? []).map(({ port }) => port);
  const name = describeObject(object);
  return {
    ...{ id: name, kind: 'entrance', layer: 'traffic', parts: [], secrets: [], volumes: [] },
    title: hosts[0] ?? object.metadata.name,
    details: [
      ...hosts.slice(1, 3),
      ...(hosts.length > 3 ? [`and ${hosts.length - 3} more hosts`] : []),
      `Service ${object.metadata.name}`,
    ],
    ports: ports.map(String),
    objects: [...new Set([name, ...routes.map(({ source }) => describeObject(source))])],
    claims: [
      ...routes.flatMap(({ claims }) => claims),
      {
        sentence: `Service ${object.metadata.name} is of type ${fields.spec?.type ?? 'ClusterIP'} and listens on ${ports.join(', ')}.`,
        evidence: { kind: 'field', object, path: 'spec.ports' },
      },
    ],
  };
}

/** The routes of Ingresses and IngressRoutes to a Service. */
function routesTo(sources: PictureSources, service: KubernetesObject): ServiceRoute[] {
  return manifestsOf(sources)
    .references.to(service)
    .flatMap(({ object, path }): ServiceRoute[] => {
      if (object.kind === 'Ingress') return [ingressRoute(object, path, service)];
      if (object.kind !== 'IngressRoute') return [];
      const index = /^spec\.routes\[(\d+)\]/.exec(path)?.[1];
      const match = specAs('IngressRoute', object).routes?.[Number(index)]?.match ?? '';
      const hosts = [...match.matchAll(/\bHost\(([^)]*)\)/g)].flatMap(([, inner = '']) =>
        [...inner.matchAll(/[`"]([^`"]+)[`"]/g)].map(([, host = '']) => host),
      );
      return (hosts.length === 0 ? ['every host'] : hosts).map((host) => ({
        host,
        source: object,
        claims: [
          {
            sentence: `${describeObject(object)} sends requests that match ${match} to Service ${service.metadata.name}.`,
            evidence: { kind: 'field', object, path: `spec.routes[${index}].match` },
          },
        ],
      }));
    });
}

function ingressRoute(object: KubernetesObject, path: string, service: KubernetesObject): ServiceRoute {
  const spec: IngressSpec = specAs('Ingress', object);
  const [, rule, place] = /^spec\.rules\[(\d+)\]\.http\.paths\[(\d+)\]/.exec(path) ?? [];
  const { host = 'every host', http } = spec.rules?.[Number(rule)] ?? {};
  const prefix = http?.paths?.[Number(place)]?.path ?? '/';
  const tls = spec.tls?.findIndex(({ hosts = [] }) => hosts.includes(host)) ?? -1;
  const middlewares = annotatedMiddlewares(object);
  return {
    host,
    source: object,
    claims: [
      {
        sentence: `${describeObject(object)} sends ${host}${prefix} to Service ${service.metadata.name}.`,
        evidence: { kind: 'field', object, path },
      },
      ...(tls < 0
        ? []
        : [
            {
              sentence: `The certificate of ${host} is in the Secret ${spec.tls?.[tls]?.secretName}.`,
              evidence: { kind: 'field', object, path: `spec.tls[${tls}].secretName` } as const,
            },
          ]),
      ...(middlewares.length === 0
        ? []
        : [
            {
              sentence: `Requests to this host pass the middlewares ${middlewares.map(withoutProvider).join(', ')}, in this order.`,
              evidence: {
                kind: 'field',
                object,
                path: `metadata.annotations${keyStep(middlewaresAnnotation)}`,
              } as const,
            },
          ]),
    ],
  };
}

function withoutProvider(name: string): string {
  return name.replace(/@kubernetescrd$/, '');
}

function podLines(sources: PictureSources, { object, fields }: Typed<'Service'>): PictureLine[] {
  const { selector, ports = [] } = fields.spec ?? {};
  if (selector === undefined) return [];
  const pods = manifestsOf(sources).pods.matching(namespaceOf(object), { matchLabels: selector });
  return pods.map((pod): PictureLine => {
    const [from, to] = [describeObject(object), describeObject(pod.object)];
    const { claims, isRefused } = admissions(sources, to, pod.namespace);
    return {
      isRefused,
      ...{ id: `${from} -> ${to}`, from, to, layer: 'traffic' },
      ports: [...new Set(ports.map(({ port, targetPort = port }) => String(targetPort)))].join(', '),
      claims: [
        {
          sentence: `Service ${object.metadata.name} sends requests to the pods of ${to}.`,
          evidence: { kind: 'field', object, path: 'spec.selector' },
        },
        ...claims,
      ],
    };
  });
}

/** The policies that allow requests to the pods of a workload. */
function admissions(
  { connections }: PictureSources,
  workload: string,
  namespace: string,
): { readonly claims: PictureClaim[]; readonly isRefused: boolean } {
  const admitting = connections.filter(
    ({ to }) => to.kind === 'pods' && to.pods.some((pod) => pod.workload === workload),
  );
  const open = admitting.some(({ allowedBy }) => allowedBy.ingress === 'not isolated');
  if (open)
    return {
      claims: [{ sentence: 'No NetworkPolicy restricts which clients may connect to these pods.' }],
      isRefused: false,
    };
  const outside = admitting.filter(
    ({ from }) => from.kind === 'addresses' || from.pods.some((pod) => pod.namespace !== namespace),
  );
  if (outside.length === 0)
    return {
      claims: [
        {
          sentence: `The NetworkPolicies allow no connection from outside the namespace ${namespace}, so an ingress controller in another namespace can't connect.`,
        },
      ],
      isRefused: true,
    };
  const policies = new Set(
    outside.flatMap(({ allowedBy: { ingress } }) => (ingress === 'not isolated' ? [] : ingress)),
  );
  return {
    claims: [...policies].map((policy) => ({ sentence: `${policy} allows the connections.` })),
    isRefused: false,
  };
}

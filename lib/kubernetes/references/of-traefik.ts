import type { KubernetesObject } from '../../documents/kubernetes';
import type { Part } from '../part';
import { certificate, type Named, type Reference, reference } from './reference';
import type { ReferenceSource } from './source';

/** References in objects of Traefik's custom kinds. */
export function referencesOfTraefik(manifests: ReferenceSource): Part<Reference>[] {
  return [
    ...ofRoutes(manifests),
    ...ofMiddlewares(manifests),
    ...ofTransports(manifests),
    ...ofTls(manifests),
    ...ofTraefikServices(manifests),
  ];
}

/** A reference to a Service, or to a TraefikService, which distributes requests to other Services. */
interface Answering extends Named {
  readonly kind?: string | undefined;
}

function answering(object: KubernetesObject, path: string, { kind, name, namespace }: Answering = {}) {
  return reference(object, path, kind === 'TraefikService' ? kind : 'Service', { name, namespace });
}

function ofRoutes(manifests: ReferenceSource): Part<Reference>[] {
  const kinds = [
    { kind: 'IngressRoute', middleware: 'Middleware' },
    { kind: 'IngressRouteTCP', middleware: 'MiddlewareTCP' },
    { kind: 'IngressRouteUDP', middleware: 'Middleware' },
  ] as const;
  return kinds.flatMap(({ kind, middleware }) =>
    manifests.of<'IngressRoute' | 'IngressRouteTCP' | 'IngressRouteUDP'>(kind).flatMap((typed) => {
      const { object } = typed;
      const { tls, routes = [] } = (typed.fields.spec ?? {}) as RouteSpec;
      return [
        ...certificate(object, 'spec.tls.secretName', tls?.secretName),
        ...reference(object, 'spec.tls.options', 'TLSOption', tls?.options),
        ...reference(object, 'spec.tls.store', 'TLSStore', tls?.store),
        ...routes.flatMap(({ middlewares = [], services = [] }, index) => [
          ...services.flatMap((each, place) =>
            answering(object, `spec.routes[${index}].services[${place}]`, each),
          ),
          ...middlewares.flatMap((each, place) =>
            reference(object, `spec.routes[${index}].middlewares[${place}].name`, middleware, each),
          ),
        ]),
      ];
    }),
  );
}

/** The fields that IngressRoute, IngressRouteTCP and IngressRouteUDP have in common. */
interface RouteSpec {
  readonly tls?: { readonly secretName?: string; readonly options?: Named; readonly store?: Named };
  readonly routes?: readonly {
    readonly middlewares?: readonly Named[];
    readonly services?: readonly Answering[];
  }[];
}

function ofMiddlewares(manifests: ReferenceSource): Part<Reference>[] {
  return manifests.of('Middleware').flatMap(({ object, fields: { spec = {} } }) => {
    const { basicAuth, digestAuth, forwardAuth, chain, errors } = spec;
    return [
      ...reference(object, 'spec.basicAuth.secret', 'Secret', { name: basicAuth?.secret }),
      ...reference(object, 'spec.digestAuth.secret', 'Secret', { name: digestAuth?.secret }),
      ...reference(object, 'spec.forwardAuth.tls.caSecret', 'Secret', { name: forwardAuth?.tls?.caSecret }),
      ...certificate(object, 'spec.forwardAuth.tls.certSecret', forwardAuth?.tls?.certSecret),
      ...(chain?.middlewares ?? []).flatMap((each, index) =>
        reference(object, `spec.chain.middlewares[${index}].name`, 'Middleware', each),
      ),
      ...answering(object, 'spec.errors.service', errors?.service),
    ];
  });
}

function ofTransports(manifests: ReferenceSource): Part<Reference>[] {
  return manifests.of('ServersTransport').flatMap(({ object, fields: { spec = {} } }) => {
    const { certificatesSecrets = [], rootCAs = [], rootCAsSecrets = [] } = spec;
    return [
      ...certificatesSecrets.flatMap((name, index) =>
        certificate(object, `spec.certificatesSecrets[${index}]`, name),
      ),
      ...rootCAsSecrets.flatMap((name, index) =>
        reference(object, `spec.rootCAsSecrets[${index}]`, 'Secret', { name }),
      ),
      ...rootCAs.flatMap(({ configMap, secret }, index) => [
        ...reference(object, `spec.rootCAs[${index}].configMap`, 'ConfigMap', { name: configMap }),
        ...reference(object, `spec.rootCAs[${index}].secret`, 'Secret', { name: secret }),
      ]),
    ];
  });
}

function ofTls(manifests: ReferenceSource): Part<Reference>[] {
  return [
    ...manifests
      .of('TLSOption')
      .flatMap(({ object, fields: { spec } }) =>
        (spec?.clientAuth?.secretNames ?? []).flatMap((name, index) =>
          reference(object, `spec.clientAuth.secretNames[${index}]`, 'Secret', { name }),
        ),
      ),
    ...manifests
      .of('TLSStore')
      .flatMap(({ object, fields: { spec } }) => [
        ...certificate(object, 'spec.defaultCertificate.secretName', spec?.defaultCertificate?.secretName),
        ...(spec?.certificates ?? []).flatMap(({ secretName }, index) =>
          certificate(object, `spec.certificates[${index}].secretName`, secretName),
        ),
      ]),
  ];
}

function ofTraefikServices(manifests: ReferenceSource): Part<Reference>[] {
  return manifests.of('TraefikService').flatMap(({ object, fields: { spec = {} } }) => {
    const { weighted, mirroring, highestRandomWeight } = spec;
    const list = (path: string, services: readonly Answering[] = []) =>
      services.flatMap((each, index) => answering(object, `${path}[${index}]`, each));
    return [
      ...list('spec.weighted.services', weighted?.services),
      ...list('spec.highestRandomWeight.services', highestRandomWeight?.services),
      ...answering(object, 'spec.mirroring', mirroring),
      ...list('spec.mirroring.mirrors', mirroring?.mirrors),
    ];
  });
}

import type { KubernetesObject } from '../../documents/kubernetes';
import type { Part } from '../part';
import { keyStep } from '../path';
import { type Reference, reference } from './reference';
import type { ReferenceSource } from './source';

/** The annotation of an Ingress that names what a request passes before it reaches a Service. */
export const middlewaresAnnotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/** What Ingresses, IngressRoutes and Middlewares name. */
export function referencesOfRoutes(manifests: ReferenceSource): Part<Reference>[] {
  return [...ofIngresses(manifests), ...ofIngressRoutes(manifests), ...ofMiddlewares(manifests)];
}

/** Of a certificate both keys are read. */
function certificate(object: KubernetesObject, path: string, name: string | undefined): Part<Reference>[] {
  return ['tls.crt', 'tls.key'].flatMap((key) => reference(object, path, 'Secret', { name, key }));
}

function ofIngresses(manifests: ReferenceSource): Part<Reference>[] {
  return manifests.of('Ingress').flatMap(({ object, fields: { spec = {} } }) => {
    const { ingressClassName, tls = [], rules = [], defaultBackend } = spec;
    return [
      ...reference(object, 'spec.ingressClassName', 'IngressClass', { name: ingressClassName }),
      ...tls.flatMap(({ secretName }, index) =>
        certificate(object, `spec.tls[${index}].secretName`, secretName),
      ),
      ...reference(object, 'spec.defaultBackend.service', 'Service', defaultBackend?.service),
      ...rules.flatMap(({ http }, index) =>
        (http?.paths ?? []).flatMap(({ backend }, each) => {
          const path = `spec.rules[${index}].http.paths[${each}].backend.service`;
          return reference(object, path, 'Service', backend?.service);
        }),
      ),
      ...annotated(object).flatMap((name) =>
        reference(object, `metadata.annotations${keyStep(middlewaresAnnotation)}`, 'Middleware', {
          ...{ name, namespace: '' },
        }),
      ),
    ];
  });
}

/** The middlewares of an Ingress, by Traefik's names: `shop-headers@kubernetescrd` is `headers` of the namespace `shop`. */
function annotated({ metadata }: KubernetesObject): string[] {
  const text = metadata.annotations?.[middlewaresAnnotation] ?? '';
  return text.split(',').map((each) => each.trim());
}

function ofIngressRoutes(manifests: ReferenceSource): Part<Reference>[] {
  return manifests
    .of('IngressRoute')
    .flatMap(({ object, fields: { spec } }) => [
      ...certificate(object, 'spec.tls.secretName', spec?.tls?.secretName),
      ...(spec?.routes ?? []).flatMap(({ middlewares = [], services = [] }, index) => [
        ...services.flatMap(({ kind = 'Service', ...service }, each) =>
          kind === 'Service'
            ? reference(object, `spec.routes[${index}].services[${each}]`, kind, service)
            : [],
        ),
        ...middlewares.flatMap((middleware, each) =>
          reference(object, `spec.routes[${index}].middlewares[${each}].name`, 'Middleware', middleware),
        ),
      ]),
    ]);
}

function ofMiddlewares(manifests: ReferenceSource): Part<Reference>[] {
  return manifests
    .of('Middleware')
    .flatMap(({ object, fields: { spec } }) =>
      reference(object, 'spec.basicAuth.secret', 'Secret', { name: spec?.basicAuth?.secret }),
    );
}

import type { KubernetesObject } from '../../documents/kubernetes';
import type { Part } from '../part';
import { keyStep } from '../path';
import { certificate, type Reference, reference } from './reference';
import type { ReferenceSource } from './source';

/** The annotation of an Ingress that lists its middlewares. */
export const middlewaresAnnotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/** References of Ingresses. */
export function referencesOfIngresses(manifests: ReferenceSource): Part<Reference>[] {
  return manifests.of('Ingress').flatMap(({ object, fields: { spec = {} } }) => {
    const { ingressClassName, tls = [], rules = [], defaultBackend } = spec;
    return [
      ...reference(object, 'spec.ingressClassName', 'IngressClass', { name: ingressClassName }),
      ...tls.flatMap(({ secretName }, index) =>
        certificate(object, `spec.tls[${index}].secretName`, secretName),
      ),
      ...reference(object, 'spec.defaultBackend.service', 'Service', {
        name: defaultBackend?.service?.name,
      }),
      ...rules.flatMap(({ http }, index) =>
        (http?.paths ?? []).flatMap(({ backend }, each) => {
          const path = `spec.rules[${index}].http.paths[${each}].backend.service`;
          return reference(object, path, 'Service', { name: backend?.service?.name });
        }),
      ),
      ...annotatedMiddlewares(object).flatMap((name) =>
        reference(object, `metadata.annotations${keyStep(middlewaresAnnotation)}`, 'Middleware', {
          ...{ name, namespace: '' },
        }),
      ),
    ];
  });
}

/**
 * The middlewares of an Ingress, in Traefik's notation: `shop-headers@kubernetescrd` means `headers` in the
 * namespace `shop`.
 */
export function annotatedMiddlewares({ metadata }: KubernetesObject): string[] {
  return annotatedNames(metadata.annotations?.[middlewaresAnnotation]);
}

/** The names in an annotation of Traefik with a list as its value. */
export function annotatedNames(text = ''): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { annotatedMiddlewares, annotatedNames } from '../references/of-ingresses';

/** The annotation of an Ingress that names the entry points at which Traefik serves it. */
export const entryPointsAnnotation = 'traefik.ingress.kubernetes.io/router.entrypoints';

/** The entry points at which Traefik serves an Ingress; undefined for all that it has. */
export function entryPointsOf({ metadata }: KubernetesObject): readonly string[] | undefined {
  const names = annotatedNames(metadata.annotations?.[entryPointsAnnotation]);
  return names.length === 0 ? undefined : names;
}

/** Whether two Ingresses compete: a request may reach both. */
export function sharesEntryPoint(one: KubernetesObject, other: KubernetesObject): boolean {
  const [some, others] = [entryPointsOf(one), entryPointsOf(other)];
  return some === undefined || others === undefined || some.some((name) => others.includes(name));
}

/** Whether an Ingress is served at `web` alone and does nothing but redirect to HTTPS. */
export function onlyRedirectsToHttps(ingress: KubernetesObject, manifests: Manifests): boolean {
  if (entryPointsOf(ingress)?.join() !== 'web') return false;
  const [first] = annotatedMiddlewares(ingress);
  return manifests
    .of('Middleware')
    .some(
      ({ object, fields }) =>
        first === `${namespaceOf(object)}-${object.metadata.name}@kubernetescrd` &&
        fields.spec?.redirectScheme?.scheme === 'https',
    );
}

import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import { annotatedMiddlewares, annotatedNames } from '../references/of-ingresses';

/** The annotation of an Ingress that lists its entry points. */
export const entryPointsAnnotation = 'traefik.ingress.kubernetes.io/router.entrypoints';

/** The entry points of an Ingress. Undefined means all entry points. */
export function entryPointsOf({ metadata }: KubernetesObject): readonly string[] | undefined {
  const names = annotatedNames(metadata.annotations?.[entryPointsAnnotation]);
  return names.length === 0 ? undefined : names;
}

/** Whether two Ingresses have an entry point in common. */
export function sharesEntryPoint(one: KubernetesObject, other: KubernetesObject): boolean {
  const [some, others] = [entryPointsOf(one), entryPointsOf(other)];
  return some === undefined || others === undefined || some.some((name) => others.includes(name));
}

/** Whether an Ingress uses only the entry point `web` and only redirects to HTTPS. */
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

import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';

/** The annotation of an Ingress that names the entry points at which Traefik serves it. */
export const entryPointsAnnotation = 'traefik.ingress.kubernetes.io/router.entrypoints';

/** The annotation of an Ingress that names its middlewares, in the order in which a request passes them. */
export const middlewaresAnnotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/** The entry points at which Traefik serves an Ingress; undefined for all that it has. */
export function entryPointsOf({ metadata }: KubernetesObject): readonly string[] | undefined {
  const names = namesIn(metadata.annotations?.[entryPointsAnnotation]);
  return names.length === 0 ? undefined : names;
}

/** The middlewares of an Ingress as its annotation names them, such as `shop-headers@kubernetescrd`. */
export function middlewaresOf({ metadata }: KubernetesObject): readonly string[] {
  return namesIn(metadata.annotations?.[middlewaresAnnotation]);
}

/** Whether two Ingresses compete: a request may reach both. */
export function sharesEntryPoint(one: KubernetesObject, other: KubernetesObject): boolean {
  const [some, others] = [entryPointsOf(one), entryPointsOf(other)];
  return some === undefined || others === undefined || some.some((name) => others.includes(name));
}

/** Whether an Ingress is served at `web` alone and does nothing but redirect to HTTPS. */
export function onlyRedirectsToHttps(ingress: KubernetesObject, manifests: Manifests): boolean {
  if (entryPointsOf(ingress)?.join() !== 'web') return false;
  const [first] = middlewaresOf(ingress);
  return manifests
    .of('Middleware')
    .some(
      ({ object, fields }) =>
        first === `${namespaceOf(object)}-${object.metadata.name}@kubernetescrd` &&
        fields.spec?.redirectScheme?.scheme === 'https',
    );
}

function namesIn(text = ''): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

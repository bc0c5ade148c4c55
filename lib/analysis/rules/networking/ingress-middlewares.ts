import { namespaceOf } from '../../../kubernetes/kinds';
import type { Manifests } from '../../../kubernetes/manifests';
import { keyStep } from '../../../kubernetes/path';
import { objectsOf, type Parts } from '../parts';
import { rule } from '../rule';

const annotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/** A Middleware as a route names it. */
interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly path: string;
}

const named: Parts<Named> = {
  kinds: ['Ingress', 'IngressRoute'],
  of: (manifests) => [
    ...manifests.of('Ingress').flatMap(({ object }) =>
      (object.metadata.annotations?.[annotation] ?? '')
        .split(',')
        .filter((text) => text.trim() !== '')
        .map((text) => ({
          object,
          path: '',
          value: {
            ...readAnnotation(manifests, text.trim()),
            path: `metadata.annotations${keyStep(annotation)}`,
          },
        })),
    ),
    ...objectsOf('IngressRoute')
      .of(manifests)
      .flatMap(({ object, value: { spec } }) =>
        (spec?.routes ?? []).flatMap(({ middlewares = [] }, index) =>
          middlewares.map(({ name = '', namespace = namespaceOf(object) }, each) => ({
            object,
            path: '',
            value: { namespace, name, path: `spec.routes[${index}].middlewares[${each}].name` },
          })),
        ),
      ),
  ],
};

/** `shop-headers@kubernetescrd` is `headers` of the namespace `shop`; both may have a "-" of their own. */
function readAnnotation(manifests: Manifests, text: string): { namespace: string; name: string } {
  const [whole = '', provider] = text.split('@');
  if (provider !== 'kubernetescrd') return { namespace: '', name: text };
  const found = manifests
    .of('Middleware')
    .find(({ object }) => `${namespaceOf(object)}-${object.metadata.name}` === whole);
  return found === undefined
    ? { namespace: '', name: text }
    : { namespace: namespaceOf(found.object), name: found.object.metadata.name };
}

export const ingressMiddlewares = rule({
  id: 'ingress-middlewares',
  sentence: 'Every middleware that a route names is there.',
  why: 'Traefik drops a route with a middleware that it does not find, and the host answers 404.',
  source: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/',
  severity: 'high',
  fix: 'Add the Middleware, or name it as <namespace>-<name>@kubernetescrd.',
  rare: true,
  parts: named,
  faults: ({ namespace, name, path }, manifests) => [
    manifests.find('Middleware', namespace, name) === undefined && {
      path,
      found: `names ${name}`,
      must: 'name a Middleware that is among the documents',
    },
  ],
});

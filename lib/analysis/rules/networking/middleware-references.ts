import { referencesTo } from '../parts';
import { rule } from '../rule';

export const middlewareReferences = rule({
  id: 'middleware-references',
  sentence: 'Every middleware that a route names is there.',
  why: 'Traefik drops a route with a middleware that it does not find, and the host answers 404.',
  source: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/',
  severity: 'high',
  fix: 'Add the Middleware, or name it as <namespace>-<name>@kubernetescrd.',
  rare: true,
  parts: referencesTo('Middleware', ['Ingress', 'IngressRoute']),
  faults: (middleware, manifests) => {
    const [, provider] = middleware.name.split('@');
    // Files, plugins and Traefik itself have middlewares, too.
    if (provider !== undefined && provider !== 'kubernetescrd') return undefined;
    const named = provider === undefined ? middleware : { ...middleware, namespace: '' };
    return [
      manifests.references.targetOf(named) === undefined && {
        path: '',
        found: `names ${middleware.name}`,
        must: 'name a Middleware that is among the documents',
      },
    ];
  },
});

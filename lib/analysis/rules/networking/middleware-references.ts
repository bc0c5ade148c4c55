import { referencesTo } from '../parts';
import { rule } from '../rule';

export const middlewareReferences = rule({
  id: 'middleware-references',
  sentence: 'Every middleware that a route refers to exists.',
  why: 'Traefik ignores a route if one of its middlewares is missing: the host answers 404.',
  source: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/',
  severity: 'high',
  fix: 'Add the Middleware, or refer to it as <namespace>-<name>@kubernetescrd.',
  rare: true,
  parts: referencesTo('Middleware', ['Ingress', 'IngressRoute']),
  faults: (middleware, manifests) => {
    const [, provider] = middleware.name.split('@');
    // Middlewares of other providers (file, plugins, internal) are not in the manifests.
    if (provider !== undefined && provider !== 'kubernetescrd') return undefined;
    const named = provider === undefined ? middleware : { ...middleware, namespace: '' };
    return [
      manifests.references.targetOf(named) === undefined && {
        path: '',
        found: `refers to ${middleware.name}`,
        must: 'be a Middleware of these manifests',
      },
    ];
  },
});

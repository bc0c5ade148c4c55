import { objectsOf } from '../parts';
import { rule } from '../rule';

export const ingressPathPatterns = rule({
  id: 'ingress-path-patterns',
  sentence: 'A path of type Prefix or Exact is not a pattern.',
  why: 'Prefix and Exact do not support patterns: /shop(/|$)(.*) and /* match only requests with exactly these characters, and all other requests get 404.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types',
  severity: 'high',
  fix: 'Write only the prefix: /shop instead of /shop/* or /shop(/|$)(.*).',
  rare: true,
  parts: objectsOf('Ingress'),
  faults: ({ spec: { rules = [], ingressClassName } = {} }) =>
    rules.flatMap(({ http }, index) =>
      (http?.paths ?? []).map(({ path = '', pathType }, each) => {
        // Other ingress controllers may support patterns in this path type.
        const isLiteral = pathType !== 'ImplementationSpecific' || ingressClassName === 'traefik';
        return (
          isLiteral &&
          /[*()|$^[\]\\]/.test(path) && {
            path: `spec.rules[${index}].http.paths[${each}].path`,
            must: `be a path without a pattern: ${pathType ?? 'this type'} does not support patterns`,
          }
        );
      }),
    ),
});

import { objectsOf } from '../parts';
import { rule } from '../rule';

export const ingressPathPatterns = rule({
  id: 'ingress-path-patterns',
  sentence: 'A path of type Prefix or Exact has no pattern.',
  why: 'The path is compared as it is written: /shop(/|$)(.*) and /* match that very text, and the host answers 404.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types',
  severity: 'high',
  fix: 'Write the prefix alone: /shop instead of /shop/* or /shop(/|$)(.*).',
  rare: true,
  parts: objectsOf('Ingress'),
  faults: ({ spec: { rules = [], ingressClassName } = {} }) =>
    rules.flatMap(({ http }, index) =>
      (http?.paths ?? []).map(({ path = '', pathType }, each) => {
        // Other controllers read a path of this type in their own way.
        const isLiteral = pathType !== 'ImplementationSpecific' || ingressClassName === 'traefik';
        return (
          isLiteral &&
          /[*()|$^[\]\\]/.test(path) && {
            path: `spec.rules[${index}].http.paths[${each}].path`,
            must: `be text that requests have: ${pathType ?? 'this type'} reads no pattern`,
          }
        );
      }),
    ),
});

import type { Manifests } from '../../../kubernetes/manifests';
import type { Part } from '../../../kubernetes/part';
import { matchRuleProblem } from '../../../kubernetes/traefik/match-rule';
import { rule } from '../rule';

interface RouteRule {
  readonly match: string;
  readonly protocol: 'http' | 'tcp';
}

export const ingressRouteMatch = rule({
  id: 'ingressroute-match',
  sentence: 'The match of an IngressRoute is valid for Traefik v3, and can match a request.',
  why: 'Traefik logs an error and ignores a route with an invalid match: the host answers 404.',
  source: 'https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/',
  severity: 'high',
  fix: 'Write the match as Host(`a.example.com`) && PathPrefix(`/api`).',
  rare: true,
  parts: { kinds: ['IngressRoute', 'IngressRouteTCP'], of: routeRules },
  faults: ({ match, protocol }) => {
    const must = matchRuleProblem(match, protocol);
    return [must !== undefined && { path: 'match', must }];
  },
});

/** Leaves out routes with `syntax: v2`. Traefik v3 still supports them, but their `match` has another syntax. */
function routeRules(manifests: Manifests): Part<RouteRule>[] {
  return [
    ...manifests.of('IngressRoute').map((each) => ({ ...each, protocol: 'http' as const })),
    ...manifests.of('IngressRouteTCP').map((each) => ({ ...each, protocol: 'tcp' as const })),
  ].flatMap(({ object, fields, protocol }) =>
    (fields.spec?.routes ?? []).flatMap(({ match, syntax }, index) =>
      match === undefined || syntax === 'v2'
        ? []
        : [{ object, path: `spec.routes[${index}]`, value: { match, protocol } }],
    ),
  );
}

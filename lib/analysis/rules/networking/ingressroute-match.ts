import type { Manifests } from '../../../kubernetes/manifests';
import type { Part } from '../../../kubernetes/part';
import { matchRuleProblem } from '../../../kubernetes/traefik/match-rule';
import { rule } from '../rule';

/** The rule of one route. */
interface RouteRule {
  readonly match: string;
  readonly protocol: 'http' | 'tcp';
}

export const ingressRouteMatch = rule({
  id: 'ingressroute-match',
  sentence: 'The rule of an IngressRoute can be read by Traefik v3, and can match.',
  why: 'Traefik drops a route whose rule it cannot read and logs an error; the host answers 404.',
  source: 'https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/',
  severity: 'high',
  fix: 'Write the rule as Host(`a.example.com`) && PathPrefix(`/api`).',
  rare: true,
  parts: { kinds: ['IngressRoute', 'IngressRouteTCP'], of: routeRules },
  faults: ({ match, protocol }) => {
    const must = matchRuleProblem(match, protocol);
    return [must !== undefined && { path: 'match', must }];
  },
});

/** Rules in the syntax of v2 are left out: a route may still state that. */
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

import { findingsIn, findingsOf } from './manifest-case';

describe('routes of Traefik', () => {
  test.each(['match-quotes', 'match-regexp-v2'])('%s: a rule that Traefik v3 cannot match', (name) => {
    expect(findingsOf('ingressroute-match', `manifests/${name}`)).toHaveLength(1);
  });

  test.each(['prefix-regex', 'prefix-star'])('%s: a prefix that is a pattern', (name) => {
    expect(findingsOf('ingress-path-patterns', `manifests/${name}`)).toHaveLength(1);
  });

  test('redirect-at-web: an Ingress that only redirects to HTTPS is right', () => {
    const routes = findingsIn('manifests/redirect-at-web').filter((each) => each.startsWith('ingress-'));
    expect(routes).toEqual([]);
  });

  test('tls-cert-resolver: certResolver is a field of an IngressRoute', () => {
    expect(findingsOf('schema-validation', 'manifests/tls-cert-resolver')).toEqual([]);
  });

  test.each(['values-expose', 'values-not-yaml'])('%s: values that the chart refuses', (name) => {
    expect(findingsOf('traefik-values', `manifests/${name}`)).toHaveLength(1);
  });
});

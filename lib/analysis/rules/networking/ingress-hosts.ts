import type { KubernetesObject } from '../../../documents/kubernetes';
import type { Typed } from '../../../kubernetes/kinds';
import { sharesEntryPoint } from '../../../kubernetes/traefik/entry-points';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const ingressHosts = rule({
  id: 'ingress-hosts',
  sentence: 'Every rule of an Ingress has a host, and no other Ingress has the same host and path.',
  why: 'A rule without a host, or with "*", matches every name. If two Ingresses have the same host and path, it is undefined which of them Traefik uses.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards',
  severity: 'high',
  fix: 'Set the host. Merge rules with the same host and path.',
  parts: objectsOf('Ingress'),
  faults: ({ spec: { rules = [], defaultBackend } = {} }, manifests, { object }) => [
    defaultBackend !== undefined && {
      path: 'spec.defaultBackend',
      must: 'be absent, because a default backend applies to all hosts',
    },
    ...rules.flatMap(({ host = '', http }, index) => [
      (host === '' || host.includes('*')) && {
        path: `spec.rules[${index}].host`,
        must: 'be one host without "*"',
      },
      ...(http?.paths ?? []).map(({ path = '/' }, each) => {
        const claims = claimsOf(manifests.of('Ingress')).get(`${host}${path}`) ?? [];
        const other = claims.find((each) => each !== object && sharesEntryPoint(each, object));
        return (
          other !== undefined && {
            path: `spec.rules[${index}].http.paths[${each}].path`,
            found: `is ${host}${path}, which Ingress ${other.metadata.namespace}/${other.metadata.name} also has`,
            must: 'be unique',
          }
        );
      }),
    ]),
  ],
});

type Ingresses = readonly Typed<'Ingress'>[];

type Claims = ReadonlyMap<string, readonly KubernetesObject[]>;

const known = new WeakMap<Ingresses, Claims>();

/** The Ingresses by host and path. Computed once for each run. */
function claimsOf(ingresses: Ingresses): Claims {
  const before = known.get(ingresses);
  if (before !== undefined) return before;
  const claims = new Map<string, KubernetesObject[]>();
  for (const { object, fields } of ingresses) {
    for (const { host = '', http } of fields.spec?.rules ?? []) {
      for (const { path = '/' } of http?.paths ?? []) {
        const claimed = claims.get(`${host}${path}`) ?? [];
        if (!claimed.includes(object)) claims.set(`${host}${path}`, [...claimed, object]);
      }
    }
  }
  known.set(ingresses, claims);
  return claims;
}

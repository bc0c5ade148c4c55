import type { Typed } from '../../../kubernetes/kinds';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const ingressHosts = rule({
  id: 'ingress-hosts',
  sentence: 'Every rule of an Ingress names one host, which no other object claims with the same path.',
  why: 'Without a host, or with "*", it answers for names that nobody thought of; of two claims one wins by chance.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards',
  severity: 'high',
  fix: 'Name the host; merge the rules of one host.',
  parts: objectsOf('Ingress'),
  faults: ({ spec: { rules = [], defaultBackend } = {} }, manifests, { object }) => [
    defaultBackend !== undefined && {
      path: 'spec.defaultBackend',
      must: 'be absent: it answers for every host',
    },
    ...rules.flatMap(({ host = '', http }, index) => [
      (host === '' || host.includes('*')) && {
        path: `spec.rules[${index}].host`,
        must: 'be one host, without "*"',
      },
      ...(http?.paths ?? []).map(({ path = '/' }, each) => {
        const claims = claimsOf(manifests.of('Ingress')).get(`${host}${path}`) ?? [];
        const other = claims.find((name) => name !== `${object.metadata.namespace}/${object.metadata.name}`);
        return (
          other !== undefined && {
            path: `spec.rules[${index}].http.paths[${each}].path`,
            found: `is ${host}${path}, as of Ingress ${other}`,
            must: 'be claimed once',
          }
        );
      }),
    ]),
  ],
});

type Ingresses = readonly Typed<'Ingress'>[];

const known = new WeakMap<Ingresses, ReadonlyMap<string, readonly string[]>>();

/** Who claims each host and path, counted once for all Ingresses of a run. */
function claimsOf(ingresses: Ingresses): ReadonlyMap<string, readonly string[]> {
  const before = known.get(ingresses);
  if (before !== undefined) return before;
  const claims = new Map<string, string[]>();
  for (const { object, fields } of ingresses) {
    for (const { host = '', http } of fields.spec?.rules ?? []) {
      for (const { path = '/' } of http?.paths ?? []) {
        const name = `${object.metadata.namespace}/${object.metadata.name}`;
        claims.set(`${host}${path}`, [...(claims.get(`${host}${path}`) ?? []), name]);
      }
    }
  }
  known.set(ingresses, claims);
  return claims;
}

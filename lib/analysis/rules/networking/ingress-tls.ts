import { onlyRedirectsToHttps } from '../../../kubernetes/traefik/entry-points';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const ingressTls = rule({
  id: 'ingress-tls',
  sentence: 'Every host of an Ingress is listed under tls, with a Secret.',
  why: 'For a host without TLS, requests are not encrypted, or Traefik uses its self-signed certificate.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
  severity: 'high',
  fix: 'List the host under tls, with the Secret that holds its certificate.',
  parts: objectsOf('Ingress'),
  faults: ({ spec: { rules = [], tls = [] } = {} }, manifests, { object }) => {
    if (onlyRedirectsToHttps(object, manifests)) return [];
    return [
      ...rules.map(({ host }, index) => {
        const isCovered =
          host !== undefined && tls.some(({ hosts = [] }) => hosts.some((each) => covers(each, host)));
        return !isCovered && { path: `spec.rules[${index}].host`, must: 'be listed under tls' };
      }),
      ...tls.map(
        ({ secretName }, index) =>
          secretName === undefined && { path: `spec.tls[${index}].secretName`, must: 'be set' },
      ),
    ];
  },
});

/** `*` matches exactly one label of a host name. */
function covers(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith('*.') && host.slice(host.indexOf('.')) === pattern.slice(1));
}

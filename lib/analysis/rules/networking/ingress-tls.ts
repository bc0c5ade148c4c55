import { onlyRedirectsToHttps } from '../../../kubernetes/traefik/entry-points';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const ingressTls = rule({
  id: 'ingress-tls',
  sentence: 'Every host of an Ingress is served over TLS, with a certificate that is named.',
  why: 'Passwords would cross the network as text, or under a certificate that nobody trusts.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
  severity: 'high',
  fix: 'List the host under tls, with the Secret of its certificate.',
  parts: objectsOf('Ingress'),
  faults: ({ spec: { rules = [], tls = [] } = {} }, manifests, { object }) => {
    if (onlyRedirectsToHttps(object, manifests)) return [];
    return [
      ...rules.map(({ host }, index) => {
        const isCovered =
          host !== undefined && tls.some(({ hosts = [] }) => hosts.some((each) => covers(each, host)));
        return !isCovered && { path: `spec.rules[${index}].host`, must: 'be among the hosts of tls' };
      }),
      ...tls.map(
        ({ secretName }, index) =>
          secretName === undefined && { path: `spec.tls[${index}].secretName`, must: 'be stated' },
      ),
    ];
  },
});

/** `*` stands for one label. */
function covers(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith('*.') && host.slice(host.indexOf('.')) === pattern.slice(1));
}

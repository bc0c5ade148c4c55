import { keyStep } from '../../../kubernetes/path';
import { entryPointsAnnotation, onlyRedirectsToHttps } from '../../../kubernetes/traefik/entry-points';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const ingressEntryPoint = rule({
  id: 'ingress-entry-point',
  sentence: 'Traefik serves an Ingress only on the entry point websecure, or on web to redirect to HTTPS.',
  why: 'Without the annotation Traefik serves the Ingress on all entry points, including web, which has no TLS.',
  source: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/',
  severity: 'high',
  fix: `Add the annotation ${entryPointsAnnotation}: websecure.`,
  parts: objectsOf('Ingress'),
  faults: ({ metadata, spec }, manifests, { object }) => {
    if ((spec?.ingressClassName ?? 'traefik') !== 'traefik') return undefined;
    if (onlyRedirectsToHttps(object, manifests)) return [];
    return [
      metadata?.annotations?.[entryPointsAnnotation] !== 'websecure' && {
        path: `metadata.annotations${keyStep(entryPointsAnnotation)}`,
        must: 'be websecure',
      },
    ];
  },
});

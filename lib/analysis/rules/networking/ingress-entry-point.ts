import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

const annotation = 'traefik.ingress.kubernetes.io/router.entrypoints';

export const ingressEntryPoint = rule({
  id: 'ingress-entry-point',
  sentence: 'Traefik serves an Ingress at websecure alone.',
  why: 'Without a word it serves it at every entry point, and so without TLS at web.',
  source: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/',
  severity: 'high',
  fix: `Annotate it with ${annotation}: websecure.`,
  parts: objectsOf('Ingress'),
  faults: ({ metadata, spec }) => {
    if ((spec?.ingressClassName ?? 'traefik') !== 'traefik') return undefined;
    return [
      metadata?.annotations?.[annotation] !== 'websecure' && {
        path: `metadata.annotations${keyStep(annotation)}`,
        must: 'be websecure',
      },
    ];
  },
});

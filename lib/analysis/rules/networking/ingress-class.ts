import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

const annotation = 'kubernetes.io/ingress.class';

export const ingressClass = rule({
  id: 'ingress-class',
  sentence: 'The class of an Ingress is set by ingressClassName only.',
  why: 'The API server refuses a new Ingress if the annotation differs from ingressClassName.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation',
  severity: 'critical',
  refusedByServer: true,
  fix: `Remove the annotation ${annotation}.`,
  parts: objectsOf('Ingress'),
  faults: ({ metadata, spec: { ingressClassName } = {} }) => {
    const stated = metadata?.annotations?.[annotation];
    return [
      stated !== undefined &&
        ingressClassName !== undefined &&
        stated !== ingressClassName && {
          path: `metadata.annotations${keyStep(annotation)}`,
          must: `be absent, or ${ingressClassName}, the value of ingressClassName`,
        },
    ];
  },
});

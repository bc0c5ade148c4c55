import { objectsOf } from '../parts';
import { rule } from '../rule';

export const serviceType = rule({
  id: 'service-type',
  sentence: 'Services are reached from inside the cluster alone.',
  why: 'NodePort and LoadBalancer open a port on every node, past the ingress with its TLS and rate limit; ExternalName sends to whom it names.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=exposed-services',
  severity: 'high',
  fix: 'Use ClusterIP and an Ingress.',
  parts: objectsOf('Service'),
  faults: ({ spec }) => [
    (spec?.type ?? 'ClusterIP') !== 'ClusterIP' && { path: 'spec.type', must: 'be ClusterIP' },
  ],
});

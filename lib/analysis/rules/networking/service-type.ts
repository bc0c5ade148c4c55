import { objectsOf } from '../parts';
import { rule } from '../rule';

export const serviceType = rule({
  id: 'service-type',
  sentence: 'Every Service is of type ClusterIP.',
  why: 'NodePort and LoadBalancer open a port on every node that bypasses the Ingress with its TLS and rate limit. ExternalName sends clients to a host outside the cluster.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=exposed-services',
  severity: 'high',
  fix: 'Set type: ClusterIP, and use an Ingress.',
  parts: objectsOf('Service'),
  faults: ({ spec }) => [
    (spec?.type ?? 'ClusterIP') !== 'ClusterIP' && { path: 'spec.type', must: 'be ClusterIP' },
  ],
});

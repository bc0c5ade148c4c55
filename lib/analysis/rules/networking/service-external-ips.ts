import { objectsOf } from '../parts';
import { rule } from '../rule';

export const serviceExternalIps = rule({
  id: 'service-external-ips',
  sentence: 'No Service has externalIPs.',
  why: 'With externalIPs, a subject that may write Services can intercept the traffic of other hosts (CVE-2020-8554).',
  source: 'https://github.com/kubernetes/kubernetes/issues/97076',
  severity: 'high',
  fix: 'Remove externalIPs.',
  parts: objectsOf('Service'),
  faults: ({ spec }) => [
    (spec?.externalIPs ?? []).length > 0 && { path: 'spec.externalIPs', must: 'be absent' },
  ],
});

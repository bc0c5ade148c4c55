import { objectsOf } from '../parts';
import { rule } from '../rule';

export const serviceExternalIps = rule({
  id: 'service-external-ips',
  sentence: 'No Service takes addresses for itself.',
  why: 'By externalIPs whoever may write a Service takes traffic that is meant for others (CVE-2020-8554).',
  source: 'https://github.com/kubernetes/kubernetes/issues/97076',
  severity: 'high',
  fix: 'Remove externalIPs.',
  parts: objectsOf('Service'),
  faults: ({ spec }) => [
    (spec?.externalIPs ?? []).length > 0 && { path: 'spec.externalIPs', must: 'be absent' },
  ],
});

import { pods } from '../parts';
import { rule } from '../rule';

export const deprecatedServiceAccountField = rule({
  id: 'deprecated-service-account-field',
  sentence: 'Pods set serviceAccountName, not serviceAccount.',
  why: 'serviceAccount is the deprecated name. If both are set and differ, it is unclear which account the pod uses.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=deprecated-service-account-field',
  severity: 'low',
  fix: 'Remove serviceAccount.',
  parts: pods,
  faults: ({ spec }) => [spec.serviceAccount !== undefined && { path: 'serviceAccount', must: 'be absent' }],
});

import { pods } from '../parts';
import { rule } from '../rule';

export const deprecatedServiceAccountField = rule({
  id: 'deprecated-service-account-field',
  sentence: 'Pods name their account by serviceAccountName.',
  why: 'serviceAccount is its old name, and two that differ make a pod whose account nobody expects.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=deprecated-service-account-field',
  severity: 'low',
  fix: 'Remove serviceAccount.',
  parts: pods,
  faults: ({ spec }) => [spec.serviceAccount !== undefined && { path: 'serviceAccount', must: 'be absent' }],
});

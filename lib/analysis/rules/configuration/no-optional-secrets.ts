import { referencesTo } from '../parts';
import { rule } from '../rule';

export const noOptionalSecrets = rule({
  id: 'no-optional-secrets',
  sentence: 'No Secret that is read is optional.',
  why: 'A password that is missing then fails open: the server starts without one.',
  source: 'chapter 7, redis: the password was optional',
  severity: 'high',
  fix: 'Remove optional.',
  parts: referencesTo('Secret', ['Namespace', 'Deployment']),
  faults: ({ isOptional }) => [isOptional && { path: 'optional', must: 'be false, or absent' }],
});

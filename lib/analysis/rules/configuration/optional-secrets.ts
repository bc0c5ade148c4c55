import { referencesTo } from '../parts';
import { rule } from '../rule';

export const optionalSecrets = rule({
  id: 'optional-secrets',
  sentence: 'No reference to a Secret is optional.',
  why: 'If the Secret is missing, the server starts without a password.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist',
  severity: 'high',
  fix: 'Remove optional.',
  parts: referencesTo('Secret', ['Namespace', 'Deployment']),
  faults: ({ isOptional }, _, { path, object }) => {
    // `optional` of a volume applies to all of its items.
    const [, source, index = '0'] = /^(.*)\.items\[(\d+)\]$/.exec(path) ?? [];
    return [
      isOptional &&
        index === '0' && {
          object,
          path: `${source ?? path}.optional`,
          must: 'be false, or absent',
        },
    ];
  },
});

import { referencesTo } from '../parts';
import { rule } from '../rule';

export const optionalSecrets = rule({
  id: 'optional-secrets',
  sentence: 'No reference to a Secret is optional.',
  why: 'If an optional Secret is missing, the program starts without its password.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist',
  severity: 'high',
  fix: 'Remove optional.',
  parts: referencesTo('Secret', ['Namespace', 'Deployment']),
  faults: ({ isOptional }, _, { path, object }) => {
    // `optional` applies to all items of a volume, so only the first item gets a finding.
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

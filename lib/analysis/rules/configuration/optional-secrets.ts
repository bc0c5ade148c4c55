import { referencesTo } from '../parts';
import { rule } from '../rule';

export const optionalSecrets = rule({
  id: 'optional-secrets',
  sentence: 'No Secret that is read is optional.',
  why: 'A password that is missing then fails open: the server starts without one.',
  source: 'chapter 7, redis: the password was optional',
  severity: 'high',
  fix: 'Remove optional.',
  parts: referencesTo('Secret', ['Namespace', 'Deployment']),
  faults: ({ isOptional }, _, { path, object }) => {
    // A volume states it once for all of its items.
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

import { repeated } from '../../../kubernetes/repeated';
import { containers } from '../parts';
import { rule } from '../rule';

export const duplicateEnvVar = rule({
  id: 'duplicate-env-var',
  sentence: 'No container states a variable twice.',
  why: 'The API server only warns; the last one wins, and a later apply may drop either.',
  source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
  severity: 'high',
  fix: 'Keep one of them.',
  parts: containers,
  faults: ({ container: { env = [] } }) =>
    repeated(env.map(({ name = '' }, index) => ({ key: name, path: `env[${index}].name` }))).map(
      ({ path, first }) => ({
        path,
        must: `differ from ${first}`,
      }),
    ),
});

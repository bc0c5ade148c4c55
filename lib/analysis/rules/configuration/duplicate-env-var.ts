import { repeated } from '../../../kubernetes/repeated';
import { containers } from '../parts';
import { rule } from '../rule';

export const duplicateEnvVar = rule({
  id: 'duplicate-env-var',
  sentence: 'A container sets each environment variable once.',
  why: 'The API server only warns. The last value takes effect, and a later apply may drop either value.',
  source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
  severity: 'high',
  fix: 'Keep one of the entries.',
  parts: containers,
  faults: ({ container: { env = [] } }) =>
    repeated(env.map(({ name = '' }, index) => ({ key: name, path: `env[${index}].name` }))).map(
      ({ path, first }) => ({
        path,
        must: `differ from ${first}`,
      }),
    ),
});

import { objectsOf } from '../parts';
import { rule } from '../rule';

/** The keys that a type of Secret must have. */
const required: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export const secretTypeKeys = rule({
  id: 'secret-type-keys',
  sentence: 'A Secret of a type has the keys of that type.',
  why: 'The API server refuses a TLS Secret without its key, or a pull secret without its credentials.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Add the key, or leave the type out.',
  rare: true,
  parts: objectsOf('Secret'),
  faults: ({ type = '', data = {}, stringData = {} }) =>
    required[type]?.map(
      (key) =>
        !(key in data || key in stringData) && {
          path: 'data',
          found: `has ${Object.keys({ ...data, ...stringData }).join(', ') || 'nothing'}`,
          must: `have ${key}, as ${type} asks`,
        },
    ),
});

import { objectsOf } from '../parts';
import { rule } from '../rule';

/** Required keys by Secret type. */
const required: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export const secretTypeKeys = rule({
  id: 'secret-type-keys',
  sentence: 'A Secret has the keys that its type requires.',
  why: 'The API server refuses the Secret.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Add the key, or remove the type.',
  rare: true,
  parts: objectsOf('Secret'),
  faults: ({ type = '', data = {}, stringData = {} }) =>
    required[type]?.map(
      (key) =>
        !(key in data || key in stringData) && {
          path: 'data',
          found: `has ${Object.keys({ ...data, ...stringData }).join(', ') || 'no keys'}`,
          must: `have the key ${key}, because type is ${type}`,
        },
    ),
});

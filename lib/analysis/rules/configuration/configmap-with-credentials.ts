import { keyStep } from '../../../kubernetes/path';
import { looksSecret, namesSecret } from '../../../kubernetes/secrecy';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const configmapWithCredentials = rule({
  id: 'configmap-with-credentials',
  sentence: 'A ConfigMap has no key with the name of a secret and no value that looks like one.',
  why: 'Everyone who can view the cluster or the repository can read a ConfigMap.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  severity: 'critical',
  fix: 'Move the value to a Secret, and rotate the value.',
  parts: objectsOf('ConfigMap'),
  faults: ({ data = {} }) =>
    Object.entries(data).map(
      ([key, value]) =>
        (namesSecret(key) || looksSecret(value)) && {
          path: `data${keyStep(key)}`,
          found: 'has the name of a secret, or a value that looks like one (value hidden)',
          must: 'be in a Secret',
        },
    ),
});

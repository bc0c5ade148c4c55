import { keyStep } from '../../../kubernetes/path';
import { looksSecret, namesSecret } from '../../../kubernetes/secrecy';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const configmapWithCredentials = rule({
  id: 'configmap-with-credentials',
  sentence: 'A ConfigMap has no key that is named like a secret, and no value that looks like a secret.',
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
          found: 'is named like a secret, or its value looks like a secret (value hidden)',
          must: 'be in a Secret',
        },
    ),
});

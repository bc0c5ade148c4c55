import { keyStep } from '../../../kubernetes/path';
import { looksSecret, namesSecret } from '../../../kubernetes/secrecy';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const configmapWithCredentials = rule({
  id: 'configmap-with-credentials',
  sentence: 'A ConfigMap holds no secret, and nothing that is called like one.',
  why: 'ConfigMaps are read by whoever may look at the cluster, and stand in the repository.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  severity: 'critical',
  fix: 'Move it to a Secret, and change it, since it has been seen.',
  parts: objectsOf('ConfigMap'),
  faults: ({ data = {} }) =>
    Object.entries(data).map(
      ([key, value]) =>
        (namesSecret(key) || looksSecret(value)) && {
          path: `data${keyStep(key)}`,
          found: 'is or is called like a secret, and not shown',
          must: 'lie in a Secret',
        },
    ),
});

import { isEnvironmentName } from '../../../kubernetes/names';
import { containers } from '../parts';
import { rule } from '../rule';

export const envVarSources = rule({
  id: 'env-var-sources',
  sentence: 'A variable has a name and either a value or one source.',
  why: 'The API server refuses both together, and two sources.',
  source:
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Keep the one that is meant.',
  parts: containers,
  faults: ({ container: { env = [], envFrom = [] } }) => [
    ...env.flatMap(({ name = '', value, valueFrom }, index) => {
      const sources = Object.keys(valueFrom ?? {});
      const found = sources.length === 0 ? 'names no source' : `names ${sources.join(' and ')}`;
      return [
        !isEnvironmentName(name) && {
          path: `env[${index}].name`,
          must: 'be a name of printable characters without "="',
        },
        value !== undefined &&
          value !== '' &&
          valueFrom !== undefined && { path: `env[${index}].valueFrom`, must: 'be absent beside a value' },
        valueFrom !== undefined &&
          sources.length !== 1 && { path: `env[${index}].valueFrom`, found, must: 'name exactly one source' },
      ];
    }),
    ...envFrom.map(({ configMapRef, secretRef }, index) => {
      const isOne = (configMapRef === undefined) !== (secretRef === undefined);
      return !isOne && { path: `envFrom[${index}]`, must: 'name either a configMapRef or a secretRef' };
    }),
  ],
});

import { isEnvironmentName } from '../../../kubernetes/names';
import { containers } from '../parts';
import { rule } from '../rule';

export const envVarSources = rule({
  id: 'env-var-sources',
  sentence: 'An environment variable has a name, and either a value or exactly one source.',
  why: 'The API server refuses a variable that has a value and a source, or two sources.',
  source:
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Keep the value or one source.',
  parts: containers,
  faults: ({ container: { env = [], envFrom = [] } }) => [
    ...env.flatMap(({ name = '', value, valueFrom }, index) => {
      const sources = Object.keys(valueFrom ?? {});
      const found = sources.length === 0 ? 'has no source' : `has ${sources.join(' and ')}`;
      return [
        !isEnvironmentName(name) && {
          path: `env[${index}].name`,
          must: 'contain only printable characters, and no "="',
        },
        value !== undefined &&
          value !== '' &&
          valueFrom !== undefined && {
            path: `env[${index}].valueFrom`,
            must: 'be absent, because value is set',
          },
        valueFrom !== undefined &&
          sources.length !== 1 && { path: `env[${index}].valueFrom`, found, must: 'have exactly one source' },
      ];
    }),
    ...envFrom.map(({ configMapRef, secretRef }, index) => {
      const isOne = (configMapRef === undefined) !== (secretRef === undefined);
      return !isOne && { path: `envFrom[${index}]`, must: 'have either configMapRef or secretRef' };
    }),
  ],
});

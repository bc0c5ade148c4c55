import { YAMLParseError } from 'yaml';
import type { KubernetesObject } from '../../../documents/kubernetes';
import { helmValues } from '../../../kubernetes/helm-values';
import { problemsOfEveryChart } from '../../../kubernetes/traefik-chart';
import { objectsOf } from '../parts';
import { type Fault, rule } from '../rule';

export const traefikValues = rule({
  id: 'traefik-values',
  sentence: "The values of Traefik's HelmChartConfig are valid YAML, and contain only keys of the chart.",
  why: 'If the YAML is invalid, Helm fails and Traefik keeps its old values. Helm ignores a key that the chart does not have.',
  source: 'https://docs.k3s.io/add-ons/helm#customizing-packaged-components-with-helmchartconfig',
  severity: 'high',
  fix: 'Write the values as in values.yaml of the chart.',
  rare: true,
  parts: objectsOf('HelmChartConfig'),
  faults: (_, __, { object }) =>
    object.metadata.name === 'traefik' && object.metadata.namespace === 'kube-system'
      ? valueFaults(object)
      : undefined,
});

function valueFaults(object: KubernetesObject): Fault[] {
  const path = 'spec.valuesContent';
  try {
    const values = helmValues(object);
    if (values === undefined || values === null) return [];
    return problemsOfEveryChart(values).map((problem) => ({
      path,
      message: `${problem.path.slice(1).join('.')} ${problem.message}`,
    }));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const line = error.linePos?.[0].line;
    return [
      {
        path,
        found: `is not valid YAML${line === undefined ? '' : ` (line ${line})`}`,
        must: 'be valid YAML',
      },
    ];
  }
}

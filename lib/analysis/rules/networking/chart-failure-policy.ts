import type { HelmChart, HelmChartConfig } from '../../../../imports/crds/kinds';
import { objectsOf, type Parts } from '../parts';
import { rule } from '../rule';

const charts: Parts<HelmChart | HelmChartConfig> = {
  kinds: ['HelmChart', 'HelmChartConfig'],
  of: (manifests) => [...objectsOf('HelmChart').of(manifests), ...objectsOf('HelmChartConfig').of(manifests)],
};

export const chartFailurePolicy = rule({
  id: 'chart-failure-policy',
  sentence: 'A chart of k3s that fails to upgrade is left as it was.',
  why: 'By default it is removed and installed again: Traefik is gone from every node meanwhile.',
  source: 'https://docs.k3s.io/add-ons/helm',
  severity: 'high',
  fix: 'Set failurePolicy: abort.',
  parts: charts,
  faults: ({ spec }) => [spec?.failurePolicy !== 'abort' && { path: 'spec.failurePolicy', must: 'be abort' }],
});

import type { HelmChart, HelmChartConfig } from '../../../../imports/crds/kinds';
import { objectsOf, type Parts } from '../parts';
import { rule } from '../rule';

const charts: Parts<HelmChart | HelmChartConfig> = {
  kinds: ['HelmChart', 'HelmChartConfig'],
  of: (manifests) => [...objectsOf('HelmChart').of(manifests), ...objectsOf('HelmChartConfig').of(manifests)],
};

export const chartFailurePolicy = rule({
  id: 'chart-failure-policy',
  sentence: 'A HelmChart of k3s is not reinstalled when an upgrade fails.',
  why: 'The default policy, reinstall, uninstalls the chart first: Traefik is missing on every node until the installation has finished.',
  source: 'https://docs.k3s.io/add-ons/helm',
  severity: 'high',
  fix: 'Set failurePolicy: abort.',
  parts: charts,
  faults: ({ spec }) => [spec?.failurePolicy !== 'abort' && { path: 'spec.failurePolicy', must: 'be abort' }],
});

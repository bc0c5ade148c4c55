import type { HelmChart, HelmChartConfig } from '../../../../imports/crds/kinds';
import { firstWithRetry } from '../../../kubernetes/release/k3s-release';
import { compareVersions } from '../../../kubernetes/release/version-range';
import { objectsOf, type Parts } from '../parts';
import { rule } from '../rule';

const charts: Parts<HelmChart | HelmChartConfig> = {
  kinds: ['HelmChart', 'HelmChartConfig'],
  of: (manifests) => [...objectsOf('HelmChart').of(manifests), ...objectsOf('HelmChartConfig').of(manifests)],
};

export const chartFailurePolicy = rule({
  id: 'chart-failure-policy',
  sentence: 'A HelmChart of k3s is not reinstalled when an upgrade fails.',
  why: 'The default failurePolicy, reinstall, first uninstalls the chart: Traefik runs on no node until the new installation has finished. With abort, a failed release stays failed. Newer versions of helm-controller also have retry.',
  source: 'https://docs.k3s.io/add-ons/helm',
  severity: 'high',
  fix: `Set failurePolicy: retry. If helm-controller is older than ${firstWithRetry}, set failurePolicy: abort.`,
  parts: charts,
  faults: ({ spec }, { facts: { release } }) => {
    const allowed = allowedPolicies(release?.helmController);
    return [
      !allowed.some((policy) => policy === spec?.failurePolicy) && {
        path: 'spec.failurePolicy',
        must: `be ${allowed.join(' or ')}`,
      },
    ];
  },
});

function allowedPolicies(helmController: string | undefined): readonly string[] {
  if (helmController === undefined) return ['retry', 'abort'];
  return compareVersions(helmController, firstWithRetry) < 0 ? ['abort'] : ['retry'];
}

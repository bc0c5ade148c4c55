import { objectsOf } from '../../analysis/rules/parts';
import { type About, type Rule, rule } from '../../analysis/rules/rule';
import type { K3sSupport } from '../config/findings/k3s-support';

export const endOfSupportRule: About = {
  id: 'k3s-end-of-support',
  sentence: 'Kubernetes still supports the minor version that the cluster runs.',
  why: 'Without support the cluster gets no more security updates.',
  source: 'https://kubernetes.io/releases/',
  severity: 'high',
  fix: 'Upgrade to the next minor version (docs/tasks/upgrade-k3s.md), or acknowledge the finding with a reason and an expiry date.',
  rare: true,
};

/**
 * A rule that reports the end of support of the Kubernetes version. Its message is made when the
 * configuration is read; its object is the Namespace.
 */
export function supportRule({ ended }: K3sSupport): Rule {
  return rule({
    ...endOfSupportRule,
    parts: { kinds: ['Namespace'], of: (manifests) => objectsOf('Namespace').of(manifests).slice(0, 1) },
    faults: () => [ended !== undefined && { path: '', message: ended }],
  });
}

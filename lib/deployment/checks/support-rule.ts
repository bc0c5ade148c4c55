import { objectsOf } from '../../analysis/rules/parts';
import { type About, type Rule, rule } from '../../analysis/rules/rule';
import type { K3sSupport } from '../config/findings/k3s-support';

export const endOfSupportRule: About = {
  id: 'k3s-end-of-support',
  sentence: "Kubernetes supports the cluster's minor version.",
  why: 'No security update reaches the cluster any more.',
  source: 'https://kubernetes.io/releases/',
  severity: 'high',
  fix: 'Go to the next minor version (docs/upgrade-k3s.md), or acknowledge it with a reason and a day.',
  rare: true,
};

/** The end of support as a rule. It is about the cluster, and its object is the namespace; its message was made when the configuration was read. */
export function supportRule({ ended }: K3sSupport): Rule {
  return rule({
    ...endOfSupportRule,
    parts: { kinds: ['Namespace'], of: (manifests) => objectsOf('Namespace').of(manifests).slice(0, 1) },
    faults: () => [ended !== undefined && { path: '', message: ended }],
  });
}

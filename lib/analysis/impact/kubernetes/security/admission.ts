import { kindOf } from '../../../../kubernetes/objects/object-key';
import {
  podSecurityLabel,
  podSecurityLevel,
  podSecurityLevels,
} from '../../../../kubernetes/start/pod-security';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/**
 * Namespaces that admit other pods than before.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function admission({ changed }: ObjectChanges): Consequence[] {
  return changed.flatMap(({ name, before, after }): Consequence[] => {
    if (kindOf(after) !== 'Namespace') return [];
    const old = podSecurityLevel(before.metadata.labels);
    const now = podSecurityLevel(after.metadata.labels);
    const step = podSecurityLevels.indexOf(old) - podSecurityLevels.indexOf(now);
    if (step === 0) return [];
    const shared = {
      side: 'kubernetes',
      object: name,
      field: `metadata.labels["${podSecurityLabel}"]`,
    } as const;
    if (step > 0)
      return [
        {
          ...{ ...shared, class: 'exposed', wayOut: '' },
          reason: `${old} -> ${now}: pods that the namespace refused may start in it, those that take over their node, too.`,
        },
      ];
    return [
      {
        ...{ ...shared, class: 'cut off' },
        reason: `${old} -> ${now}: pods that run go on, and of those that don't meet it no new one starts, in a rollout or after a node is lost.`,
        wayOut: `See whom it would refuse, before the apply: kubectl label --dry-run=server --overwrite namespace ${after.metadata.name} ${podSecurityLabel}=${now}`,
      },
    ];
  });
}

import { kindOf } from '../../../../kubernetes/objects/object-key';
import {
  podSecurityLabel,
  podSecurityLevel,
  podSecurityLevels,
} from '../../../../kubernetes/start/pod-security';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/**
 * Changes of the Pod Security level of a namespace.
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
          reason: `${old} -> ${now}: the namespace admits pods that it refused before, including pods that can take over their node.`,
        },
      ];
    return [
      {
        ...{ ...shared, class: 'cut off' },
        reason: `${old} -> ${now}: running pods keep running, but new pods that violate the level are refused, for example in a rollout or after a node is lost.`,
        wayOut: `Before the apply, list the pods that the level would refuse: kubectl label --dry-run=server --overwrite namespace ${after.metadata.name} ${podSecurityLabel}=${now}`,
      },
    ];
  });
}

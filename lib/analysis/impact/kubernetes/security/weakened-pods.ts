import {
  describeFault,
  type PodSecurityFault,
  podSecurityFaults,
} from '../../../../kubernetes/start/pod-security';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/**
 * Pods with a weaker security context than before: privileged; with access to files, namespaces or ports of the node;
 * running as root; or with more capabilities. Violations of the level restricted count only if no container of the pod
 * had them before.
 */
export function weakenedPods({ base, head, changed }: ObjectChanges): Consequence[] {
  return changed.flatMap(({ name, before, after }): Consequence[] => {
    const [old, now] = [base.manifests.pods.madeBy(before), head.manifests.pods.madeBy(after)];
    if (old === undefined || now === undefined) return [];
    const known = new Set(podSecurityFaults(old.spec, old.annotations).map(keyOf));
    const gained = podSecurityFaults(now.spec, now.annotations).filter((fault) => !known.has(keyOf(fault)));
    const [first] = gained;
    if (first === undefined) return [];
    const level = gained.some((fault) => fault.level === 'baseline') ? 'baseline' : 'restricted';
    const what = [...new Set(gained.map(describeFault))];
    return [
      {
        ...{ class: 'exposed', side: 'kubernetes', object: name, field: `${now.path}.${first.path}` },
        reason: `The security context is weaker than before: ${what.join('; ')}. ${consequences[level]}`,
        wayOut: `Remove the change from the pod template. If the change is necessary, use a separate namespace without other pods.`,
      },
    ];
  });
}

/** By violated Pod Security level: what an attacker who takes over the container gains. */
const consequences = {
  baseline: 'An attacker who takes over such a pod can take over its node, with all pods and Secrets on it.',
  restricted: 'An attacker who takes over such a pod has more ways to escape from the container.',
} as const;

function keyOf({ level, check, container, what }: PodSecurityFault): string {
  return level === 'restricted' ? check : [check, container, what].join('\n');
}

import {
  describeFault,
  type PodSecurityFault,
  podSecurityFaults,
} from '../../../../kubernetes/start/pod-security';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/**
 * Pods that Pod Security guards less than before: privileged, with their node's files, namespaces or ports, as root, with more
 * capabilities. Of the level restricted it counts what no container of the pod was free to do before.
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
        reason: `Its pods are guarded less: ${what.join('; ')}. ${consequences[level]}`,
        wayOut: `Take it out of the template. If it must be: run it in a namespace of its own, and see that no other pod is in it.`,
      },
    ];
  });
}

/** What somebody who takes over the container gains. */
const consequences = {
  baseline: 'Whoever takes over such a pod may take over its node, and with it every pod and Secret there.',
  restricted: 'Whoever takes over such a pod has more ways out of it than before.',
} as const;

function keyOf({ level, check, container, what }: PodSecurityFault): string {
  return level === 'restricted' ? check : [check, container, what].join('\n');
}

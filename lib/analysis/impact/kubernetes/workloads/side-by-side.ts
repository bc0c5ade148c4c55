import type { PodSpec } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { inNamespace, resourceType } from '../../../../kubernetes/objects/kubectl';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { rolloutStrategyOf } from '../../../../kubernetes/rollout/rollout-strategy';
import type { Consequence } from '../../consequence';
import type { ObjectChanges, Objects } from '../objects';
import { claimsOf } from '../uses';
import { podSpecOf } from './rollout';

/** Kinds whose pods go on when nothing describes them any more. */
const goingOn = ['Deployment', 'StatefulSet'];

/**
 * What is renamed runs twice: an apply starts the new one and leaves the old one running. Of most that is a waste; of what
 * must run once, or of two that write to one volume, it is damage.
 */
export function sideBySide({ base, head, removed, added }: ObjectChanges): Consequence[] {
  const left = removed.filter((object) => goingOn.includes(kindOf(object)));
  return added
    .filter((object) => goingOn.includes(kindOf(object)))
    .flatMap((object) =>
      left
        .filter(({ metadata: { namespace } }) => namespace === object.metadata.namespace)
        .flatMap((old) => together(old, object, base, head)),
    );
}

function together(old: KubernetesObject, now: KubernetesObject, base: Objects, head: Objects): Consequence[] {
  const [before, after] = [podSpecOf(old), podSpecOf(now)];
  const mounted = claimsOf(now, head);
  const claims = claimsOf(old, base).filter((claim) => mounted.includes(claim));
  const stop = `Before the apply, stop the old one: kubectl scale ${resourceType(old)} ${old.metadata.name}${inNamespace(old)} --replicas=0`;
  const shared = { side: 'kubernetes', object: describeObject(now), wayOut: stop } as const;
  if (claims.length > 0)
    return [
      {
        ...{ ...shared, class: 'lost', field: 'spec.template.spec.volumes' },
        reason: `${describeObject(old)} is no longer described and goes on, and both mount ${claims.join(', ')}: two that write to one volume may destroy what is on it, or the new one never starts.`,
      },
    ];
  const mustStopFirst = [old, now].some((each) => rolloutStrategyOf(each)?.kind === 'Recreate');
  if (!mustStopFirst || programOf(before) !== programOf(after)) return [];
  return [
    {
      ...{ ...shared, class: 'exposed', field: 'metadata.name' },
      reason: `${describeObject(old)} is no longer described and goes on, and runs the same program: what must run once runs twice until somebody deletes it.`,
    },
  ];
}

/** What the first container runs, whatever its version. */
function programOf({ containers = [] }: PodSpec): string {
  const { image = '', command = [], args = [] } = containers[0] ?? {};
  return JSON.stringify([image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''), command, args]);
}

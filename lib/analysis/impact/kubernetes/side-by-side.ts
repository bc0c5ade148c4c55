import type { DeploymentSpec, PodSpec } from '../../../../imports/kubernetes/kinds';
import { describeObject, type KubernetesObject } from '../../../documents/kubernetes';
import type { Consequence } from '../consequence';
import type { ObjectChanges } from './objects';
import { podSpecOf } from './rollout';

/** Kinds whose pods go on when nothing describes them any more. */
const goingOn = ['Deployment', 'StatefulSet'];

/**
 * What is renamed runs twice: an apply starts the new one and leaves the old one running. Of most that is a waste; of what
 * must run once, or of two that write to one volume, it is damage.
 */
export function sideBySide({ removed, added }: ObjectChanges): Consequence[] {
  const left = removed.filter(({ kind }) => goingOn.includes(kind));
  return added
    .filter(({ kind }) => goingOn.includes(kind))
    .flatMap((object) =>
      left
        .filter(({ metadata: { namespace } }) => namespace === object.metadata.namespace)
        .flatMap((old) => together(old, object)),
    );
}

function together(old: KubernetesObject, now: KubernetesObject): Consequence[] {
  const [before, after] = [podSpecOf(old), podSpecOf(now)];
  const claims = claimsOf(before).filter((claim) => claimsOf(after).includes(claim));
  const { name, namespace } = old.metadata;
  const stop = `Before the apply, stop the old one: kubectl scale ${old.kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` -n ${namespace}`} --replicas=0`;
  const shared = { side: 'kubernetes', object: describeObject(now), wayOut: stop } as const;
  if (claims.length > 0)
    return [
      {
        ...{ ...shared, class: 'lost', field: 'spec.template.spec.volumes' },
        reason: `${describeObject(old)} is no longer described and goes on, and both mount ${claims.join(', ')}: two that write to one volume may destroy what is on it, or the new one never starts.`,
      },
    ];
  const mustStopFirst = [old, now].some(
    ({ spec }) => (spec as DeploymentSpec | undefined)?.strategy?.type === 'Recreate',
  );
  if (!mustStopFirst || programOf(before) !== programOf(after)) return [];
  return [
    {
      ...{ ...shared, class: 'exposed', field: 'metadata.name' },
      reason: `${describeObject(old)} is no longer described and goes on, and runs the same program: what must run once runs twice until somebody deletes it.`,
    },
  ];
}

function claimsOf({ volumes = [] }: PodSpec): string[] {
  return volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

/** What the first container runs, whatever its version. */
function programOf({ containers = [] }: PodSpec): string {
  const { image = '', command = [], args = [] } = containers[0] ?? {};
  return JSON.stringify([image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''), command, args]);
}

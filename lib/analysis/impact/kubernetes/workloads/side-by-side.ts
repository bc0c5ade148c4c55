import type { CronJobSpec, PodSpec } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { inNamespace, resourceType } from '../../../../kubernetes/objects/kubectl';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { runsAlone } from '../../../../kubernetes/rollout/singleton';
import type { Pod } from '../../../../kubernetes/workloads/pods';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';
import { claimsOf } from '../uses';

/** Kinds that keep running when no manifest defines them any more. */
const goingOn = ['Deployment', 'StatefulSet', 'CronJob'];

/**
 * A workload that is renamed or moves to another namespace runs twice: an apply starts the new one and keeps the old
 * one. That is harmful for singletons, and for pods that write to the same volume.
 */
export function sideBySide(found: ObjectChanges): Consequence[] {
  const left = found.removed.filter((object) => goingOn.includes(kindOf(object)));
  return found.added
    .filter((object) => goingOn.includes(kindOf(object)))
    .flatMap((object) => left.flatMap((old) => together(old, object, found)));
}

function together(
  old: KubernetesObject,
  now: KubernetesObject,
  { base, head }: ObjectChanges,
): Consequence[] {
  const [before, after] = [base.manifests.pods.madeBy(old), head.manifests.pods.madeBy(now)];
  if (before === undefined || after === undefined) return [];
  const shared = { side: 'kubernetes', object: describeObject(now), wayOut: stop(old) } as const;
  const mounted = before.namespace === after.namespace ? claimsOf(now, head) : [];
  const claims = claimsOf(old, base).filter((claim) => mounted.includes(claim));
  if (claims.length > 0)
    return [
      {
        ...{ ...shared, class: 'lost', field: 'spec.template.spec.volumes' },
        reason: `${describeObject(old)} is no longer in the manifests but keeps running, and both workloads mount ${claims.join(', ')}: two writers may corrupt the volume, or the new pod never starts.`,
      },
    ];
  const isAlone = isSingleton(before) || isSingleton(after);
  if (!isAlone || programOf(before.spec) !== programOf(after.spec)) return [];
  return [
    {
      ...{ ...shared, class: 'exposed' },
      field: before.namespace === after.namespace ? 'metadata.name' : 'metadata.namespace',
      reason: `${describeObject(old)} is no longer in the manifests but keeps running the same program, which must not run twice: two copies run until the old workload is deleted.`,
    },
  ];
}

/** Whether two pods of the workload must not run at the same time. */
function isSingleton({ object, count }: Pod): boolean {
  if (kindOf(object) !== 'CronJob') return runsAlone(object, count.most);
  return ((object['spec'] ?? {}) as CronJobSpec).concurrencyPolicy === 'Forbid';
}

function stop(object: KubernetesObject): string {
  const name = `${resourceType(object)} ${object.metadata.name}${inNamespace(object)}`;
  return kindOf(object) === 'CronJob'
    ? `Before the apply, stop the old workload: kubectl patch ${name} -p '{"spec":{"suspend":true}}'`
    : `Before the apply, stop the old workload: kubectl scale ${name} --replicas=0`;
}

/** The image of the first container without its version, and its command and arguments. */
function programOf({ containers = [] }: PodSpec): string {
  const { image = '', command = [], args = [] } = containers[0] ?? {};
  return JSON.stringify([image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''), command, args]);
}

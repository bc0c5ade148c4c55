import type { CronJobSpec, PodSpec } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { inNamespace, resourceType } from '../../../../kubernetes/objects/kubectl';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { runsAlone } from '../../../../kubernetes/rollout/singleton';
import type { Pod } from '../../../../kubernetes/workloads/pods';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';
import { claimsOf } from '../uses';

/** Kinds whose objects keep running after they are removed from the manifests. */
const runningKinds = ['Deployment', 'StatefulSet', 'CronJob'];

/**
 * Workloads that run twice because they are renamed or move to another namespace: an apply starts the new workload and
 * keeps the old one. Two copies are harmful for singletons, and for pods that write to the same volume.
 */
export function findDuplicates(found: ObjectChanges): Consequence[] {
  const left = found.removed.filter((object) => runningKinds.includes(kindOf(object)));
  return found.added
    .filter((object) => runningKinds.includes(kindOf(object)))
    .flatMap((object) => left.flatMap((old) => reportDuplicate(old, object, found)));
}

function reportDuplicate(
  old: KubernetesObject,
  now: KubernetesObject,
  { base, head }: ObjectChanges,
): Consequence[] {
  const [before, after] = [base.manifests.pods.madeBy(old), head.manifests.pods.madeBy(now)];
  if (before === undefined || after === undefined) return [];
  const shared = { side: 'kubernetes', object: describeObject(now), wayOut: stopWorkload(old) } as const;
  const mounted = before.namespace === after.namespace ? claimsOf(now, head) : [];
  const claims = claimsOf(old, base).filter((claim) => mounted.includes(claim));
  if (claims.length > 0)
    return [
      {
        ...{ ...shared, class: 'lost', field: 'spec.template.spec.volumes' },
        reason: `${describeObject(old)} is no longer in the manifests but keeps running, and both workloads mount ${claims.join(', ')}: two writers may corrupt the data, or the volume can't be mounted twice and the new pod never starts.`,
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

function stopWorkload(object: KubernetesObject): string {
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

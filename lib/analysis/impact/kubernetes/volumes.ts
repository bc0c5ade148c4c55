import { describeObject, type KubernetesObject } from '../../../documents/kubernetes';
import { parseQuantity } from '../../../kubernetes/quantity';
import type { Consequence } from '../consequence';
import { deleteCommand } from './left-behind';
import { hiddenData } from './mounts';
import type { ChangedObject, ObjectChanges, Objects } from './objects';

/**
 * The class whose volumes are directories of one node. It doesn't expand them, and deletes what is in them with the
 * claim.
 *
 * @see https://github.com/k3s-io/k3s/blob/main/manifests/local-storage.yaml
 */
const localPath = 'local-path';

/** Whether volumes of a class lie on one node; k3s gives that class to whoever names none. */
export function isLocal(className: string | undefined): boolean {
  return className === undefined || className === localPath;
}

interface ClaimSpec {
  readonly storageClassName?: string;
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}

/** The claims that go, and the data that pods no longer see. */
export function lostVolumes({ base, head, removed, changed }: ObjectChanges): Consequence[] {
  const claims = removed.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  const told = new Set(claims.map(describeObject));
  return [
    ...claims.map((claim): Consequence => {
      const users = usersOf(claim, base);
      const now = users.flatMap((user) => replacement(user, claim, head));
      const mounted =
        users.length === 0 ? '' : ` ${users.map(describeObject).join(', ')} had its data there.`;
      return {
        ...{ class: 'lost', side: 'kubernetes', object: describeObject(claim), field: '' },
        reason: `The claim of ${sizeOf(claim) ?? 'unknown size'} is no longer described.${mounted}${now.join('')} An apply leaves it in the cluster, where nothing keeps it any more: whoever tidies up deletes its data${isLocal(specOf(claim).storageClassName) ? ', and local-path deletes the files with the claim' : ''}.`,
        wayOut: `Keep the claim under its name, or copy the data first. Only then: ${deleteCommand(claim)}`,
      };
    }),
    ...changed.flatMap((object) =>
      unmounted(object, base, head).filter(({ object: name }) => !told.has(name)),
    ),
    ...changed.flatMap((object) => hiddenData(object, base, head)),
  ];
}

/** Claims that a pod no longer mounts, though they are still described. */
function unmounted({ before, after, name }: ChangedObject, base: Objects, head: Objects): Consequence[] {
  const kept = new Set(claimsOf(after, head));
  return claimsOf(before, base)
    .filter((claim) => !kept.has(claim))
    .map((claim) => ({
      ...{ class: 'lost', side: 'kubernetes' },
      object: `PersistentVolumeClaim ${before.metadata.namespace ?? 'default'}/${claim}`,
      field: '',
      reason: `${name} no longer mounts it: its new pods start without the data that is there.`,
      wayOut: 'Copy the data to where the new pods look for it, before the apply.',
    }));
}

function replacement(user: KubernetesObject, claim: KubernetesObject, head: Objects): string[] {
  const now = head.get(describeObject(user));
  if (now === undefined) return [];
  const claims = claimsOf(now, head).filter((each) => each !== claim.metadata.name);
  return [
    claims.length === 0
      ? ` ${describeObject(user)} starts without it.`
      : ` ${describeObject(user)} now mounts ${claims.join(', ')}, which starts empty.`,
  ];
}

/** What the API server or the scheduler makes of changed claims and of pods that move away from their volume. */
export function stuckVolumes({ head, changed }: ObjectChanges): Consequence[] {
  return changed.flatMap((object): Consequence[] => [...growth(object, head), ...moved(object, head)]);
}

/** A claim can only grow where its class expands volumes. What makes it shrink is refused everywhere. */
function growth({ name, before, after }: ChangedObject, head: Objects): Consequence[] {
  if (after.kind !== 'PersistentVolumeClaim') return [];
  const [old, now] = [before, after].map((claim) => parseQuantity(sizeOf(claim) ?? ''));
  const className = specOf(after).storageClassName;
  if (old === undefined || now === undefined || now <= old || expands(className, head)) return [];
  return [
    {
      ...{ class: 'fails', side: 'kubernetes', object: name, field: 'spec.resources.requests.storage' },
      reason: `${sizeOf(before)} -> ${sizeOf(after)}: the class ${className ?? localPath} does not expand volumes, so the API server refuses the apply.`,
      wayOut: `local-path enforces no size: the volume has what its node's disk has, and the claim can stay at ${sizeOf(before)}. To move, make a claim of another name and copy the data.`,
    },
  ];
}

/** Of a class that nobody describes it isn't known, and the API server decides. */
function expands(className: string | undefined, head: Objects): boolean {
  const described = className === undefined ? undefined : head.get(`StorageClass ${className}`);
  if (described !== undefined) return described['allowVolumeExpansion'] === true;
  return !isLocal(className);
}

/** A volume of local-path lies on the node where it was first mounted. */
function moved({ name, after, changes }: ChangedObject, head: Objects): Consequence[] {
  const change = changes.find(({ path }) =>
    /^spec\.template\.spec\.(nodeSelector|nodeName|affinity$|affinity\.nodeAffinity)\b/.test(path),
  );
  if (change === undefined) return [];
  const local = claimsOf(after, head).filter((claim) =>
    isLocal(specOf(head.beside(after, 'PersistentVolumeClaim', claim)).storageClassName),
  );
  if (local.length === 0) return [];
  return [
    {
      ...{ class: 'fails', side: 'kubernetes', object: name, field: change.path },
      reason: `The data of ${local.join(', ')} lies on the node where it was first mounted. If what is asked for now isn't true of that node, the new pod is never scheduled, and the old one is gone by then.`,
      wayOut: 'Give the label to the node that holds the volume, or move the data first.',
    },
  ];
}

/** What had a claim's data. */
function usersOf(claim: KubernetesObject, objects: Objects): KubernetesObject[] {
  return objects.manifests.pods
    .of(claim.metadata.namespace ?? 'default')
    .filter(({ spec }) =>
      (spec.volumes ?? []).some(
        ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim.metadata.name,
      ),
    )
    .map(({ object }) => object);
}

function claimsOf(object: KubernetesObject, objects: Objects): string[] {
  const { volumes = [] } = objects.manifests.pods.madeBy(object)?.spec ?? {};
  return volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

function specOf(claim: KubernetesObject | undefined): ClaimSpec {
  return (claim?.['spec'] ?? {}) as ClaimSpec;
}

function sizeOf(claim: KubernetesObject): string | undefined {
  return specOf(claim).resources?.requests?.storage;
}

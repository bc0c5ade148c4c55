import type { KubernetesObject } from '../../../../documents/kubernetes';
import { namespaceOf } from '../../../../kubernetes/kinds';
import { deleteCommand } from '../../../../kubernetes/objects/kubectl';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { isLocal } from '../../../../kubernetes/storage/local-path';
import type { Consequence } from '../../consequence';
import type { ChangedObject, ObjectChanges, Objects } from '../objects';
import { claimsOf } from '../uses';
import { hiddenData } from './mounts';

interface ClaimSpec {
  readonly storageClassName?: string;
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}

/** Removed claims, and data that pods no longer mount. */
export function lostVolumes({ base, head, removed, changed }: ObjectChanges): Consequence[] {
  const claims = removed.filter((object) => kindOf(object) === 'PersistentVolumeClaim');
  const gone = new Set<KubernetesObject | undefined>(claims);
  return [
    ...claims.map((claim): Consequence => {
      const users = mountersOf(claim, base);
      const now = users.flatMap((user) => replacement(user, claim, head));
      const mounted =
        users.length === 0 ? '' : ` ${users.map(describeObject).join(', ')} stored data in this claim.`;
      return {
        ...{ class: 'lost', side: 'kubernetes', object: describeObject(claim), field: '' },
        reason: `The claim of ${sizeOf(claim) ?? 'unknown size'} is no longer in the manifests.${mounted}${now.join('')} An apply keeps the claim in the cluster, but nothing protects the data: deleting the claim deletes the data${isLocal(claimSpecOf(claim).storageClassName) ? ', and local-path deletes the files with the claim' : ''}.`,
        wayOut: `Keep the claim under its name, or copy the data first, then: ${deleteCommand(claim)}`,
      };
    }),
    ...changed.flatMap((object) => unmounted(object, base, head, gone)),
    ...changed.flatMap((object) => hiddenData(object, base, head)),
  ];
}

/** Claims that a pod no longer mounts but the manifests still define. */
function unmounted(
  { before, after, name }: ChangedObject,
  base: Objects,
  head: Objects,
  gone: ReadonlySet<KubernetesObject | undefined>,
): Consequence[] {
  const namespace = namespaceOf(before);
  const kept = new Set(claimsOf(after, head));
  return claimsOf(before, base).flatMap((claim): Consequence[] => {
    const described = base.manifests.find('PersistentVolumeClaim', namespace, claim);
    if (kept.has(claim) || gone.has(described)) return [];
    const object =
      described === undefined ? `PersistentVolumeClaim ${namespace}/${claim}` : describeObject(described);
    return [
      {
        ...{ class: 'lost', side: 'kubernetes', object, field: '' },
        reason: `${name} no longer mounts the claim: its new pods start without this data.`,
        wayOut: 'Before the apply, copy the data to the volume that the new pods mount.',
      },
    ];
  });
}

function replacement(user: KubernetesObject, claim: KubernetesObject, head: Objects): string[] {
  const now = head.manifests.same(user);
  if (now === undefined) return [];
  const mounted = claimsOf(now, head);
  if (mounted.includes(claim.metadata.name))
    return [
      ` ${describeObject(user)} still mounts the claim: after you delete the claim, new pods do not start.`,
    ];
  const claims = mounted.filter((each) => each !== claim.metadata.name);
  return [
    claims.length === 0
      ? ` ${describeObject(user)} starts without the data.`
      : ` ${describeObject(user)} now mounts ${claims.join(', ')}, which starts empty.`,
  ];
}

/** Pods that move away from the node of their volume. */
export function stuckVolumes({ head, changed }: ObjectChanges): Consequence[] {
  return changed.flatMap((object) => moved(object, head));
}

/** A local-path volume stays on the node where a pod first mounted it. */
function moved({ name, after, changes }: ChangedObject, head: Objects): Consequence[] {
  const change = changes.find(({ path }) =>
    /^spec\.template\.spec\.(nodeSelector|nodeName|affinity$|affinity\.nodeAffinity)\b/.test(path),
  );
  if (change === undefined) return [];
  const local = claimsOf(after, head).filter((claim) =>
    isLocal(
      claimSpecOf(head.manifests.find('PersistentVolumeClaim', namespaceOf(after), claim)).storageClassName,
    ),
  );
  if (local.length === 0) return [];
  return [
    {
      ...{ class: 'fails', side: 'kubernetes', object: name, field: change.path },
      reason: `The data of ${local.join(', ')} is on the node where it was first mounted. If that node does not match the new nodeSelector or affinity, the new pod stays Pending, and the old one has already ended.`,
      wayOut:
        'Add the label to the node that has the volume. To use another node, move the data there before you label it.',
    },
  ];
}

/** The workloads that mount a claim. */
function mountersOf(claim: KubernetesObject, { manifests }: Objects): KubernetesObject[] {
  return [...new Set(manifests.references.to(claim).map(({ object }) => object))];
}

function claimSpecOf(claim: KubernetesObject | undefined): ClaimSpec {
  return (claim?.['spec'] ?? {}) as ClaimSpec;
}

function sizeOf(claim: KubernetesObject): string | undefined {
  return claimSpecOf(claim).resources?.requests?.storage;
}

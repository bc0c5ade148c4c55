import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { specAs } from '../kinds';
import { valueAt } from '../path';
import { parseQuantity } from '../quantity';
import { type ClaimFacts, defaultStorageClass } from './claim-facts';
import { changedPaths, isSameStored, type ObjectUpdate, type RefusedChange } from './refused-change';

const size = 'spec.resources.requests.storage';

/**
 * What of a claim an update may not change: everything, until it is bound; from then on its size may grow and its
 * attributes may change. A volume may be named once.
 */
export function refusedByClaim(update: ObjectUpdate, facts: ClaimFacts): RefusedChange[] {
  const { before, after } = update;
  const isBound = facts.isBound(before);
  const [old, now] = [specAs('PersistentVolumeClaim', before), specAs('PersistentVolumeClaim', after)];
  const source = 'spec.dataSourceRef';
  return [
    ...changedPaths(update, [
      ...['spec.accessModes', 'spec.volumeMode', 'spec.selector', 'spec.resources.limits'],
      ...(old.volumeName === undefined && !isBound ? [] : isKept(old.volumeName, now.volumeName)),
      ...(isBound ? [] : ['spec.volumeAttributesClassName']),
    ]).map((path) => ({ path })),
    ...(isSameClass(old, now) ? [] : [{ path: 'spec.storageClassName' }]),
    // The API server copies each of the two to the other.
    ...(isSameStored(after, source, sourceOf(old), sourceOf(now)) ? [] : [{ path: source }]),
    ...growth(before, after, isBound && facts.mayGrow(after)),
  ];
}

/** The controller names the volume of a bound claim; a manifest that never named one leaves it. */
function isKept(old: string | undefined, now: string | undefined): string[] {
  return old === undefined && now === undefined ? [] : ['spec.volumeName'];
}

/** A class that a manifest names is no longer there if it stops naming it; one that it never named was filled in. */
function isSameClass(
  { storageClassName: old }: PersistentVolumeClaimSpec,
  { storageClassName: now }: PersistentVolumeClaimSpec,
): boolean {
  return old === now || (old === undefined && now === defaultStorageClass);
}

function sourceOf({ dataSource, dataSourceRef }: PersistentVolumeClaimSpec): Json | undefined {
  return (dataSourceRef ?? dataSource) as Json | undefined;
}

function growth(before: KubernetesObject, after: KubernetesObject, mayGrow: boolean): RefusedChange[] {
  const [old, now] = [before, after].map((claim) => parseQuantity(String(valueAt(claim, size) ?? '')));
  if (old === undefined || now === old || (now !== undefined && now > old && mayGrow)) return [];
  return [
    { path: size, ...(mayGrow && { limit: `be at least ${String(valueAt(before, size))}, as before` }) },
  ];
}

/** The fields of a volume that may change. Every other one says where its data lies. */
const changeable = [
  ...['accessModes', 'capacity', 'claimRef', 'mountOptions', 'persistentVolumeReclaimPolicy'],
  ...['storageClassName', 'volumeAttributesClassName'],
];

/** What of a volume an update may not change. Its node affinity may be set once. */
export function refusedByVolume(update: ObjectUpdate): RefusedChange[] {
  const [old, now] = [update.before, update.after].map(({ spec }) => Object.keys((spec ?? {}) as object)) as [
    string[],
    string[],
  ];
  const fields = [...new Set([...old, ...now])].filter(
    (field) => !changeable.includes(field) && (field !== 'nodeAffinity' || old.includes(field)),
  );
  return changedPaths(
    update,
    fields.map((field) => `spec.${field}`),
  ).map((path) => ({ path }));
}

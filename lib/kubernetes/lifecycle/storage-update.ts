import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import type { Json } from '../../documents/kubernetes';
import { specAs } from '../kinds';
import { valueAt } from '../path';
import { parseQuantity } from '../quantity';
import type { ClaimFacts } from '../storage/claim-facts';
import { localPath } from '../storage/local-path';
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
    ...growth(update, isBound, facts),
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
  return old === now || (old === undefined && now === localPath);
}

function sourceOf({ dataSource, dataSourceRef }: PersistentVolumeClaimSpec): Json | undefined {
  return (dataSourceRef ?? dataSource) as Json | undefined;
}

function growth({ before, after }: ObjectUpdate, isBound: boolean, { mayGrow }: ClaimFacts): RefusedChange[] {
  const [stated, next] = [before, after].map((claim) => String(valueAt(claim, size) ?? ''));
  const [old, now] = [stated, next].map((text) => parseQuantity(text ?? ''));
  if (old === undefined || now === old) return [];
  const isLarger = now !== undefined && now > old;
  if (!isLarger) return [{ path: size, limit: `be at least ${stated}, as before` }];
  if (!isBound) return [{ path: size, limit: `stay ${stated} until the claim has a volume` }];
  return mayGrow(after) ? [] : [{ path: size, limit: `stay ${stated}: its class lets no volume grow` }];
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

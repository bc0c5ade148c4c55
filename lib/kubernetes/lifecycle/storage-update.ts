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
 * Immutable fields of a claim: all until it is bound. Then its size may grow, and its volume attributes class may
 * change. The volume may be set once.
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
    // The API server copies each of the two fields to the other.
    ...(isSameStored(after, source, sourceOf(old), sourceOf(now)) ? [] : [{ path: source }]),
    ...growth(update, isBound, facts),
  ];
}

/** The controller sets the volume of a bound claim. A manifest that never set it does not remove it. */
function isKept(old: string | undefined, now: string | undefined): string[] {
  return old === undefined && now === undefined ? [] : ['spec.volumeName'];
}

/**
 * An apply removes the class if the previous manifest had one. If no manifest ever had one, the API server has set
 * it.
 */
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
  if (!isBound) return [{ path: size, limit: `be ${stated} until the claim is bound` }];
  return mayGrow(after)
    ? []
    : [{ path: size, limit: `be ${stated}: its StorageClass does not allow expansion` }];
}

/** Fields of a PersistentVolume that may change. All others locate its data. */
const changeable = [
  ...['accessModes', 'capacity', 'claimRef', 'mountOptions', 'persistentVolumeReclaimPolicy'],
  ...['storageClassName', 'volumeAttributesClassName'],
];

/** Immutable fields of a PersistentVolume. Its node affinity may be set once. */
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

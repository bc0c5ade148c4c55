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
 * Immutable fields of a claim. An unbound claim can't change. A bound claim can grow, change its volume
 * attributes class, and get a volume name if it has none.
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
    // The API server copies dataSource to dataSourceRef, and dataSourceRef to dataSource.
    ...(isSameStored(after, source, sourceOf(old), sourceOf(now)) ? [] : [{ path: source }]),
    ...refusedSize(update, isBound, facts),
  ];
}

/**
 * The controller sets volumeName of a bound claim. An apply keeps that name if no manifest has ever set
 * volumeName.
 */
function isKept(old: string | undefined, now: string | undefined): string[] {
  return old === undefined && now === undefined ? [] : ['spec.volumeName'];
}

/**
 * An apply removes storageClassName if the previous manifest set it. If no manifest ever set it, the API
 * server has set the default class.
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

function refusedSize(
  { before, after }: ObjectUpdate,
  isBound: boolean,
  { mayGrow }: ClaimFacts,
): RefusedChange[] {
  const [stated, next] = [before, after].map((claim) => String(valueAt(claim, size) ?? ''));
  const [old, now] = [stated, next].map((text) => parseQuantity(text ?? ''));
  if (old === undefined || now === old) return [];
  const isLarger = now !== undefined && now > old;
  if (!isLarger) return [{ path: size, limit: `not be less than the current value, ${stated}` }];
  if (!isBound) return [{ path: size, limit: `stay ${stated} until the claim is bound` }];
  return mayGrow(after)
    ? []
    : [
        {
          path: size,
          limit: `stay ${stated}, because the StorageClass of the claim does not allow expansion`,
        },
      ];
}

/** The mutable fields of a PersistentVolume. All others describe where the data is. */
const changeable = [
  ...['accessModes', 'capacity', 'claimRef', 'mountOptions', 'persistentVolumeReclaimPolicy'],
  ...['storageClassName', 'volumeAttributesClassName'],
];

/** Immutable fields of a PersistentVolume. A volume without node affinity can get one. */
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

import type { KubernetesObject } from '../../documents/kubernetes';
import { isBelow, ownedPaths } from './field-paths';
import { type ManagedFieldsEntry, managedFieldsOf } from './live-object';

/** Our field manager, for all writes. */
export const fieldManager = 'honeydue';

/** The managers that own a field, the newest first. Subresources are left out, because manifests don't contain their fields. */
export function ownersOf(object: KubernetesObject, path: string): ManagedFieldsEntry[] {
  return managedFieldsOf(object)
    .filter((entry) => entry.subresource === undefined)
    .filter((entry) => ownedPaths(object, entry).some((each) => isBelow(path, each) || isBelow(each, path)))
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1));
}

/** Whether the entry belongs to our server-side applies. */
export function isOurs({ manager, operation }: ManagedFieldsEntry): boolean {
  return manager === fieldManager && operation === 'Apply';
}

/** Whether a person wrote the entry with kubectl. */
export function isByHand({ manager = '', operation, subresource }: ManagedFieldsEntry): boolean {
  return operation === 'Update' && subresource === undefined && /^kubectl\b/.test(manager);
}

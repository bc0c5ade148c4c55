import type { KubernetesObject } from '../../documents/kubernetes';
import { isBelow, ownedPaths } from './field-paths';
import { type ManagedFieldsEntry, managedFieldsOf } from './live-object';

/** The field manager of every write of ours. */
export const fieldManager = 'honeydue';

/** The managers that own a field, the latest first; a subresource such as the status is no field of a manifest. */
export function ownersOf(object: KubernetesObject, path: string): ManagedFieldsEntry[] {
  return managedFieldsOf(object)
    .filter((entry) => entry.subresource === undefined)
    .filter((entry) => ownedPaths(object, entry).some((each) => isBelow(path, each) || isBelow(each, path)))
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1));
}

/** Whether an entry is what our server-side applies own. */
export function isOurs({ manager, operation }: ManagedFieldsEntry): boolean {
  return manager === fieldManager && operation === 'Apply';
}

/** Whether an entry was written by a person with kubectl, and by no controller. */
export function isByHand({ manager = '', operation, subresource }: ManagedFieldsEntry): boolean {
  return operation === 'Update' && subresource === undefined && /^kubectl\b/.test(manager);
}

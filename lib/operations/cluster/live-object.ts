import type { KubernetesObject } from '../../documents/kubernetes';

/** An entry of managedFields: the fields that one manager owns. */
export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: 'Apply' | 'Update';
  readonly apiVersion?: string;
  readonly time?: string;
  readonly fieldsType?: string;
  /** Such as `{"f:spec": {"f:replicas": {}}}`. */
  readonly fieldsV1?: FieldSet;
  /** `status`, if the manager wrote through that subresource. */
  readonly subresource?: string;
}

/**
 * A set of fields, with the keys `f:<name>` for a field, `k:<keys as JSON>` or `v:<value as JSON>` for a list item, and
 * `.` for the item itself.
 */
export type FieldSet = { readonly [key: string]: FieldSet };

/** An object as the API server returns it. */
export interface LiveObject extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & {
    readonly uid: string;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
  };
}

/** The managedFields of an object. */
export function managedFieldsOf({ metadata }: KubernetesObject): readonly ManagedFieldsEntry[] {
  return (metadata['managedFields'] ?? []) as unknown as readonly ManagedFieldsEntry[];
}

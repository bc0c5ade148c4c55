import type { KubernetesObject } from '../../documents/kubernetes';

/** One manager's share of an object. */
export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: 'Apply' | 'Update';
  readonly apiVersion?: string;
  readonly time?: string;
  readonly fieldsType?: string;
  /** Such as `{"f:spec": {"f:replicas": {}}}`. */
  readonly fieldsV1?: FieldSet;
  /** `status`, where it was written through that subresource. */
  readonly subresource?: string;
}

/** Fields by `f:<name>`, `k:<keys as JSON>` of a list's item, `v:<value as JSON>`; `.` is the item itself. */
export type FieldSet = { readonly [key: string]: FieldSet };

/** An object as the API server holds it. */
export interface LiveObject extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & {
    readonly uid: string;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
  };
}

/** Who wrote which fields of an object. */
export function managedFieldsOf({ metadata }: KubernetesObject): readonly ManagedFieldsEntry[] {
  return (metadata['managedFields'] ?? []) as unknown as readonly ManagedFieldsEntry[];
}

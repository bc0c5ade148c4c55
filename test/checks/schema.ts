import { checkSchema } from '../../lib/checks/kubernetes-schema';
import type { Json, KubernetesObject } from '../../lib/documents/kubernetes';

export type Fields = { readonly [field: string]: Json };

/** An object of a kind that has no more than it must. */
export function object(apiVersion: string, kind: string, fields: Fields = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'a' }, ...fields };
}

/** The violations as a report prints them. */
export function check(checked: KubernetesObject): string[] {
  return checkSchema(checked).map(({ path, message }) => `${path}: ${message}`);
}

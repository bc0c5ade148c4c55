import type { LabelSelector } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import { isOfOthers } from '../schema/kubernetes-schema';
import { isEmpty, type Labels, matches } from './selector';

/**
 * Whether a selector matches pods that a controller (an "operator") creates for a custom object. Such pods usually
 * have the labels of the object, the pod labels in the object's spec, and a label with the object's name, such as
 * `alertmanager: main`.
 *
 * @param objects all objects of the manifests
 */
export function selectsPodsOfController(
  selector: LabelSelector,
  namespace: string,
  objects: readonly KubernetesObject[],
): boolean {
  if (isEmpty(selector)) return false;
  const keys = Object.keys(selector.matchLabels ?? {});
  return objects.some(
    (object) =>
      isOfOthers(object) &&
      namespaceOf(object) === namespace &&
      matches(selector, { ...labelsWithin(object), ...nameLabels(object, keys) }),
  );
}

/** All labels in an object, from every `labels` field at any depth. */
function labelsWithin(value: unknown): Labels {
  if (typeof value !== 'object' || value === null) return {};
  const found: Record<string, string> = {};
  for (const [key, below] of Object.entries(value)) {
    Object.assign(found, key === 'labels' ? below : labelsWithin(below));
  }
  return found;
}

/**
 * Labels whose key ends with the object's kind, such as `example.com/cluster`, with the object's name as their value.
 */
function nameLabels({ kind, metadata }: KubernetesObject, keys: readonly string[]): Labels {
  const named = keys.filter((key) => key.replace(/.*\//, '').toLowerCase() === kind.toLowerCase());
  return Object.fromEntries(named.map((key) => [key, metadata.name]));
}

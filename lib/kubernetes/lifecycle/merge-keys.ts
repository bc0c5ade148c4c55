import table from '../../../imports/kubernetes/merge-keys.json';

/**
 * The merge keys of the lists that `kubectl apply` merges item by item. Each is listed under the field that
 * contains the
 * list and the field of the list: `containers.ports`. All other lists are replaced as a whole.
 */
const mergeKeys: Readonly<Record<string, string>> = table.keys;

/** The merge key of a list, such as `name`. Undefined for a list that is replaced as a whole. */
export function mergeKeyOf(above: string, list: string): string | undefined {
  return mergeKeys[`${above}.${list}`];
}

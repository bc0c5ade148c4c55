import table from '../../../imports/kubernetes/merge-keys.json';

/**
 * Merge keys of the lists that `kubectl apply` merges item by item; an entry's key names the list's field and
 * the field that contains the list. All other lists are replaced as a whole.
 */
const mergeKeys: Readonly<Record<string, string>> = table.keys;

/** The merge key of a list, such as `name`. Undefined for a list that is replaced as a whole. */
export function mergeKeyOf(above: string, list: string): string | undefined {
  return mergeKeys[`${above}.${list}`];
}

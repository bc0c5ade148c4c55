import table from '../../../imports/kubernetes/merge-keys.json';

/**
 * Lists that `kubectl apply` merges item by item, by parent key and key, with the merge key of the items. All other
 * lists are replaced as a whole.
 */
const mergeKeys: Readonly<Record<string, string>> = table.keys;

/** The field that tells the items of a list apart when it is merged; undefined for a list that is replaced as a whole. */
export function mergeKeyOf(above: string, list: string): string | undefined {
  return mergeKeys[`${above}.${list}`];
}

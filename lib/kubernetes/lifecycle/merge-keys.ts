const containers = ['containers', 'initContainers', 'ephemeralContainers'];

/**
 * Lists that `kubectl apply` merges item by item, by parent key and key, with the merge key of the items. All other
 * lists are replaced as a whole.
 *
 * Source: patchMergeKey of the types of k8s.io/api, 0.34.4.
 */
const mergeKeys: Readonly<Record<string, string>> = {
  '.secrets': 'name',
  'metadata.ownerReferences': 'uid',
  'spec.hostAliases': 'ip',
  'spec.imagePullSecrets': 'name',
  'spec.ports': 'port',
  'spec.resourceClaims': 'name',
  'spec.schedulingGates': 'name',
  'spec.topologySpreadConstraints': 'topologyKey',
  'spec.volumes': 'name',
  ...Object.fromEntries(
    containers.flatMap((list) => [
      [`spec.${list}`, 'name'],
      [`${list}.env`, 'name'],
      [`${list}.ports`, 'containerPort'],
      [`${list}.volumeDevices`, 'devicePath'],
      [`${list}.volumeMounts`, 'mountPath'],
    ]),
  ),
};

/** The field that tells the items of a list apart when it is merged; undefined for a list that is replaced as a whole. */
export function mergeKeyOf(above: string, list: string): string | undefined {
  return mergeKeys[`${above}.${list}`];
}

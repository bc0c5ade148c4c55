/**
 * The default StorageClass of k3s. Its volumes are directories of the node on which a pod first mounted them. They
 * cannot be expanded, and are deleted with the claim.
 *
 * @see https://docs.k3s.io/storage
 * @see https://github.com/k3s-io/k3s/blob/main/manifests/local-storage.yaml
 */
export const localPath = 'local-path';

/** Whether volumes of a StorageClass are on one node. */
export function isLocal(className: string = localPath): boolean {
  return className === localPath;
}

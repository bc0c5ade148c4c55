/**
 * The default StorageClass of k3s. A volume of this class is a directory on the node where a pod first mounted it.
 * The volume cannot be expanded, and is deleted with its claim.
 *
 * @see https://docs.k3s.io/storage
 * @see https://github.com/k3s-io/k3s/blob/main/manifests/local-storage.yaml
 */
export const localPath = 'local-path';

/** Whether volumes of a StorageClass are on one node. */
export function isLocal(className: string = localPath): boolean {
  return className === localPath;
}

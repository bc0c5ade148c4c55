/**
 * The class of k3s' own provisioner, and the one that k3s gives to a claim that names none. Its volumes are directories of the
 * node on which a pod first mounted them; they never grow, and their files go with the claim.
 *
 * @see https://docs.k3s.io/storage
 * @see https://github.com/k3s-io/k3s/blob/main/manifests/local-storage.yaml
 */
export const localPath = 'local-path';

/** Whether volumes of a class lie on one node. */
export function isLocal(className: string = localPath): boolean {
  return className === localPath;
}

import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { localPath } from './local-path';

export interface Provisioner {
  /** The value of `provisioner` in the StorageClass. */
  readonly name: string;
  /** The name of the StorageClass that the provisioner's installation creates. */
  readonly className: string;
  /** Describes its volumes. */
  readonly volumes: string;
  /** The access modes that the volumes support. */
  readonly accessModes: readonly string[];
}

/**
 * Provisioners whose volumes only one node can mount at a time. A claim with another access mode is refused and stays
 * Pending.
 *
 * @see https://github.com/rancher/local-path-provisioner/blob/master/provisioner.go (Provision)
 * @see https://github.com/hetznercloud/csi-driver/blob/main/internal/driver/helper.go (isCapabilitySupported)
 */
const provisioners: readonly Provisioner[] = [
  {
    name: 'rancher.io/local-path',
    className: localPath,
    volumes: 'directories of one node',
    accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  },
  {
    name: 'csi.hetzner.cloud',
    className: 'hcloud-volumes',
    volumes: 'Hetzner volumes, which one server can mount',
    accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  },
];

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

/**
 * The provisioner of a volume claim. Undefined if the provisioner is unknown here, or if the manifests don't decide
 * which one it is.
 */
export function provisionerOf(
  { storageClassName, volumeName = '' }: PersistentVolumeClaimSpec,
  manifests: Manifests,
): Provisioner | undefined {
  // If a claim has a volumeName or an empty storageClassName, it is bound to an existing volume.
  if (volumeName !== '' || storageClassName === '') return undefined;
  const described = manifests.all.find(
    ({ kind, metadata }) =>
      kind === 'StorageClass' &&
      (storageClassName === undefined
        ? metadata.annotations?.[defaultClass] === 'true'
        : metadata.name === storageClassName),
  );
  return provisioners.find(({ name, className }) =>
    described === undefined ? className === storageClassName : described['provisioner'] === name,
  );
}

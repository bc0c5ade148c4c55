import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { localPath } from './local-path';

/** A provisioner of volumes. */
export interface Provisioner {
  /** The `provisioner` of its StorageClass. */
  readonly name: string;
  /** The StorageClass that it installs. */
  readonly className: string;
  /** Describes its volumes. */
  readonly volumes: string;
  /** The access modes that it supports. */
  readonly accessModes: readonly string[];
}

/**
 * Provisioners whose volumes one node can mount at a time. They refuse a claim with another access mode, which stays
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

/** The provisioner of a claim. Undefined if it is unknown here or not in the manifests. */
export function provisionerOf(
  { storageClassName, volumeName = '' }: PersistentVolumeClaimSpec,
  manifests: Manifests,
): Provisioner | undefined {
  // A claim with a volumeName or an empty class is bound to an existing volume.
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

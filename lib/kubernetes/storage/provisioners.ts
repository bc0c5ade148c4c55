import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { localPath } from './local-path';

/** What makes the volumes of a storage class. */
export interface Provisioner {
  /** As `provisioner` of a StorageClass names it. */
  readonly name: string;
  /** The class that comes with it. */
  readonly className: string;
  /** Whose volumes they are, in words. */
  readonly volumes: string;
  /** The access modes in which it makes volumes. */
  readonly accessModes: readonly string[];
}

/**
 * Provisioners whose volumes one node can use at a time. They refuse a claim of any other access mode, which stays Pending.
 *
 * @see https://github.com/rancher/local-path-provisioner/blob/master/provisioner.go (Provision)
 * @see https://github.com/hetznercloud/csi-driver/blob/main/internal/driver/helper.go (isCapabilitySupported)
 */
const provisioners: readonly Provisioner[] = [
  {
    name: 'rancher.io/local-path',
    className: localPath,
    volumes: 'a directory of one node',
    accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  },
  {
    name: 'csi.hetzner.cloud',
    className: 'hcloud-volumes',
    volumes: "a volume of Hetzner's, which one server mounts",
    accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  },
];

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

/** What makes the volume of a claim; undefined where the manifests don't say, or nothing here knows it. */
export function provisionerOf(
  { storageClassName, volumeName = '' }: PersistentVolumeClaimSpec,
  manifests: Manifests,
): Provisioner | undefined {
  // A claim that names its volume, or no class at all, is bound to what is there.
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

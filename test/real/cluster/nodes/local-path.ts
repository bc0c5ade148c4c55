import type { ApiClient, ServedObject } from '../servers/api-client';

interface Claim extends ServedObject {
  readonly spec?: {
    readonly volumeName?: string;
    readonly storageClassName?: string;
    readonly accessModes?: readonly string[];
    readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
  };
  readonly status?: { readonly phase?: string };
}

interface Volume extends ServedObject {
  readonly spec?: { readonly persistentVolumeReclaimPolicy?: string };
  readonly status?: { readonly phase?: string };
}

export const localPathClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'local-path',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'rancher.io/local-path',
  volumeBindingMode: 'WaitForFirstConsumer',
  reclaimPolicy: 'Delete',
};

/** Modes that k3s' provisioner makes volumes of: it refuses the others. */
const modes = ['ReadWriteOnce', 'ReadWriteOncePod'];

/**
 * Makes the volumes that claims wait for, each on the node that the scheduler chose, and removes those whose claim is gone.
 *
 * @param lost nodes on which no directory can be made now
 */
export function provisionVolumes(
  api: ApiClient,
  claims: ReadonlyMap<string, Claim>,
  volumes: ReadonlyMap<string, Volume>,
  lost: ReadonlySet<string>,
): void {
  for (const claim of claims.values()) {
    const node = claim.metadata.annotations?.['volume.kubernetes.io/selected-node'];
    const { volumeName, storageClassName, accessModes = [] } = claim.spec ?? {};
    if (claim.status?.phase !== 'Pending' || volumeName !== undefined || node === undefined) continue;
    if (storageClassName !== localPathClass.metadata.name || lost.has(node)) continue;
    if (!accessModes.every((mode) => modes.includes(mode))) continue;
    if (volumes.has(claim.metadata.uid)) continue;
    send(api, 'POST', '', volumeOf(claim, node));
  }
  for (const { metadata, spec, status } of volumes.values()) {
    if (status?.phase !== 'Released' || spec?.persistentVolumeReclaimPolicy !== 'Delete') continue;
    if (metadata.deletionTimestamp === undefined) send(api, 'DELETE', `/${metadata.name}`);
  }
}

function send(api: ApiClient, method: string, path: string, body?: unknown): void {
  // What is refused because it is there already is as good.
  api.send(method, `/api/v1/persistentvolumes${path}`, body).catch(() => {});
}

function volumeOf({ metadata, spec = {} }: Claim, node: string): unknown {
  const { namespace, name, uid } = metadata;
  const volume = `pvc-${uid}`;
  return {
    metadata: {
      name: volume,
      annotations: { 'pv.kubernetes.io/provisioned-by': localPathClass.provisioner },
    },
    spec: {
      capacity: { storage: spec.resources?.requests?.['storage'] },
      accessModes: spec.accessModes,
      persistentVolumeReclaimPolicy: localPathClass.reclaimPolicy,
      storageClassName: spec.storageClassName,
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      hostPath: { path: `/var/lib/rancher/k3s/storage/${volume}`, type: 'DirectoryOrCreate' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
  };
}

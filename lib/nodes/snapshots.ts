import type { SnapshotProps } from './props';

/**
 * The number of snapshots that the bucket must keep, for `etcd-s3-retention`. In the bucket, k3s counts the snapshots
 * of all servers together; on its disk, each server counts only its own.
 *
 * @see https://docs.k3s.io/cli/etcd-snapshot#s3-retention
 * @see https://github.com/kube-hetzner/terraform-hcloud-kube-hetzner/issues/1307
 */
export function bucketRetention({ retention }: Pick<SnapshotProps, 'retention'>, servers: number): number {
  return retention * servers;
}

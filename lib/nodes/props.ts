import type { NodePeer, NodeRole } from './node-setup';

/** The set-up of one node of any k3s cluster. It contains no secret. */
export interface NodeProps {
  /** The operator's name for the node. */
  readonly name: string;
  /** The hostname, which is also the node's name in Kubernetes. */
  readonly hostname: string;
  /** The public IPv4 address. */
  readonly address: string;
  readonly architecture: 'amd64' | 'arm64';
  /** A server is also a member of etcd; an agent runs pods alone. */
  readonly role: NodeRole;
  /** Such as `v1.34.6+k3s1`. A new version restarts k3s on this node. */
  readonly k3sVersion: string;
  /** SHA-256 of that release's binary for this architecture; undefined while unknown. */
  readonly k3sSha256: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly access: AccessProps;
  readonly cluster: ClusterProps;
  /** The ranges that can connect to 443; none for a cluster without public hosts. */
  readonly cloudflareRanges: readonly string[];
  readonly unresolved: readonly { readonly path: string; readonly find: string }[];
}

/** The operator's access. */
export interface AccessProps {
  readonly user: string;
  /** Public keys; undefined while unresolved. */
  readonly authorizedKeys: readonly string[] | undefined;
  readonly sshPorts: readonly number[];
  /** The operator's networks; undefined while unresolved. */
  readonly networks: readonly string[] | undefined;
}

/** Options of k3s that all nodes share, and the other nodes. */
export interface ClusterProps {
  /** The kind of address between nodes: public, or of a private network. */
  readonly nodeAddress: string;
  /** The other nodes, by addresses of the same kind. */
  readonly peers: readonly NodePeer[];
  /** The server to join; undefined for the node that initialises a new cluster. */
  readonly join: string | undefined;
  /** The server that the other nodes join: etcd is restored there. */
  readonly firstNode: string;
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Equal on all servers. In a running cluster, a change causes an outage of the whole cluster. */
  readonly flannelBackend: 'vxlan' | 'wireguard-native';
  /** Equal on all servers. It can't change in a running cluster. */
  readonly secretsEncryption: boolean;
  /** Nodes pull images from each other. Equal on all servers. */
  readonly embeddedRegistry: boolean;
  /**
   * Ports on the host network that a metrics agent of any node scrapes. `nodeMetricsPort` is the node's own.
   */
  readonly metricsPorts: readonly number[];
  /**
   * The registry of the images. The operator puts the user's password on the node; undefined while the user
   * is unresolved.
   */
  readonly registry: { readonly host: string; readonly user: string } | undefined;
  readonly snapshots: SnapshotProps;
  readonly reserved: Readonly<Record<'system' | 'kubernetes', ReservedResources>>;
}

/** etcd's snapshots, on each node's disk and in a bucket. */
export interface SnapshotProps {
  /** In cron's five fields, in the node's time zone. */
  readonly schedule: string;
  /** The number of snapshots that each server keeps, on its disk and in the bucket (`bucketRetention`). */
  readonly retention: number;
  /** The Secret in kube-system with the bucket and its keys (k3s' `etcd-s3-config-secret`). */
  readonly s3Secret: string;
}

/** Resources that are not available to pods. */
export interface ReservedResources {
  readonly cpu: string;
  readonly memory: string;
}

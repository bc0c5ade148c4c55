import type { NodePeer, NodeRole } from './node-setup';

/** The set-up of one node of any k3s cluster. It contains no secret. */
export interface NodeProps {
  /** The name of the node in the configuration, which is also its SSH alias. */
  readonly name: string;
  /** The hostname, which is also the node's name in Kubernetes. */
  readonly hostname: string;
  /** The public IPv4 address. */
  readonly address: string;
  readonly architecture: 'amd64' | 'arm64';
  /** A server is also an etcd member. An agent only runs pods. */
  readonly role: NodeRole;
  /** The k3s release, such as `v1.34.6+k3s1`. A new version restarts k3s on this node. */
  readonly k3sVersion: string;
  /** SHA-256 of the release's binary for this architecture. Undefined while it is unknown. */
  readonly k3sSha256: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly access: AccessProps;
  readonly cluster: ClusterProps;
  /** The ranges that can connect to port 443. Empty for a cluster without public hosts. */
  readonly cloudflareRanges: readonly string[];
  readonly unresolved: readonly { readonly path: string; readonly find: string }[];
}

/** The operator's access. */
export interface AccessProps {
  readonly user: string;
  /** Public SSH keys. Undefined while they are unresolved. */
  readonly authorizedKeys: readonly string[] | undefined;
  readonly sshPorts: readonly number[];
  /** The networks from which the operator connects. Undefined while they are unresolved. */
  readonly networks: readonly string[] | undefined;
}

/** The k3s options that all nodes share, and the other nodes. */
export interface ClusterProps {
  /** The address at which the other nodes reach this node: its public address, or one in a private network. */
  readonly nodeAddress: string;
  /** The other nodes, with addresses of the same kind. */
  readonly peers: readonly NodePeer[];
  /** The address of the server to join. Undefined for the node that initialises a new cluster. */
  readonly join: string | undefined;
  /** The name of the server that all other nodes join. etcd can be restored only there. */
  readonly firstNode: string;
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Must be equal on all servers. In a running cluster, a change causes an outage of the whole cluster. */
  readonly flannelBackend: 'vxlan' | 'wireguard-native';
  /** Must be equal on all servers, and can't change in a running cluster. */
  readonly secretsEncryption: boolean;
  /** Whether nodes can pull images from each other. Must be equal on all servers. */
  readonly embeddedRegistry: boolean;
  /**
   * Ports on the host network that a metrics agent on another node reads. `nodeMetricsPort` is the port of the node's
   * own metrics.
   */
  readonly metricsPorts: readonly number[];
  /**
   * The registry of the images. A person puts the password of the user on the node. Undefined while the user is
   * unresolved.
   */
  readonly registry: { readonly host: string; readonly user: string } | undefined;
  readonly snapshots: SnapshotProps;
  readonly reserved: Readonly<Record<'system' | 'kubernetes', ReservedResources>>;
}

/** The etcd snapshots, on each server's disk and in a bucket. */
export interface SnapshotProps {
  /** A cron schedule with five fields, in the time zone of the node. */
  readonly schedule: string;
  /** How many snapshots of each server are kept, both on its disk and in the bucket (`bucketRetention`). */
  readonly retention: number;
  /** The Secret in kube-system with the settings and keys of the bucket (k3s' option `etcd-s3-config-secret`). */
  readonly s3Secret: string;
}

/** Resources that are reserved for the system, so that pods can't use them. */
export interface ReservedResources {
  readonly cpu: string;
  readonly memory: string;
}

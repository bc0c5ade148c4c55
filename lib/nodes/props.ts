import type { NodePeer, NodeRole } from './node-setup';

/** A node's own set-up, for any k3s cluster of servers. Nothing of it is secret. */
export interface NodeProps {
  /** How the operator calls the node. */
  readonly name: string;
  /** The machine's own name, and so the node's in Kubernetes. */
  readonly hostname: string;
  /** The public IPv4 address. */
  readonly address: string;
  readonly architecture: 'amd64' | 'arm64';
  /** A server is also a member of etcd; an agent runs pods alone. */
  readonly role: NodeRole;
  /** Such as `v1.34.6+k3s1`. Raising it is a restart of k3s on this node. */
  readonly k3sVersion: string;
  /** SHA-256 of that release's binary for this architecture; undefined while it is not known. */
  readonly k3sSha256: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly access: AccessProps;
  readonly cluster: ClusterProps;
  /** The ranges that may reach 443; none for a cluster without public hosts. */
  readonly cloudflareRanges: readonly string[];
  readonly unresolved: readonly { readonly path: string; readonly find: string }[];
}

/** Who may log on, and from where. */
export interface AccessProps {
  readonly user: string;
  /** Public keys; undefined while nobody knows them. */
  readonly authorizedKeys: readonly string[] | undefined;
  readonly sshPorts: readonly number[];
  /** The operator's networks; undefined while nobody knows them. */
  readonly networks: readonly string[] | undefined;
}

/** What this node's k3s has in common with the others', and what it knows of them. */
export interface ClusterProps {
  /** By which the nodes know each other: public addresses, or those of a private network. */
  readonly nodeAddress: string;
  /** The other nodes, by addresses of the same kind. */
  readonly peers: readonly NodePeer[];
  /** The server to join; undefined for the node that initialises a new cluster. */
  readonly join: string | undefined;
  /** The server that the other nodes join: etcd is restored there. */
  readonly firstNode: string;
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Equal on all servers. Of a running cluster it changes only with an outage of all of it. */
  readonly flannelBackend: 'vxlan' | 'wireguard-native';
  /** Equal on all servers, and for ever: of a running cluster it can't change. */
  readonly secretsEncryption: boolean;
  /** Nodes hand images to each other. Equal on all servers. */
  readonly embeddedRegistry: boolean;
  /** Where programs on the node's own network answer a metrics agent of any node. With `nodeMetricsPort`, the node does. */
  readonly metricsPorts: readonly number[];
  /** The user's password is the operator's to put on the node; undefined while the user isn't known. */
  readonly registry: { readonly host: string; readonly user: string } | undefined;
  readonly snapshots: SnapshotProps;
  readonly reserved: Readonly<Record<'system' | 'kubernetes', ReservedResources>>;
}

/** etcd's snapshots, on each node's disk and in a bucket. */
export interface SnapshotProps {
  /** In cron's five fields, in the node's time zone. */
  readonly schedule: string;
  /** How many each server keeps: on its disk, and of its own in the bucket (`bucketRetention`). */
  readonly retention: number;
  /** A Secret in kube-system with the bucket and its keys, as k3s reads it (`etcd-s3-config-secret`). */
  readonly s3Secret: string;
}

/** What the scheduler doesn't give to pods. */
export interface ReservedResources {
  readonly cpu: string;
  readonly memory: string;
}

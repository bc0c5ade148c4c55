/** A server runs the API server and an etcd member. An agent only runs pods. */
export const nodeRoles = ['server', 'agent'] as const;

export type NodeRole = (typeof nodeRoles)[number];

/** Another node of the cluster. */
export interface NodePeer {
  readonly name: string;
  /** The address that the other nodes use for this node. */
  readonly address: string;
  readonly role: NodeRole;
}

/** The complete desired state of one node. The node script applies it, and checks of this package read it. */
export interface NodeSetup {
  /** The name of the node in the configuration, which is also its SSH alias. */
  readonly name: string;
  /**
   * The hostname, which is also the node's name in Kubernetes. The script refuses to run on a host with another name.
   */
  readonly hostname: string;
  /** Debian packages that must be installed. */
  readonly packages: readonly string[];
  readonly account: NodeAccount;
  readonly ssh: NodeSsh;
  /** The files, in the order in which the script writes them. */
  readonly files: readonly NodeFile[];
  /** Kernel parameters of the running kernel. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** systemd units that must be enabled and running. */
  readonly units: readonly string[];
  /** The allowed incoming traffic. All other traffic is denied, and the script removes all other rules. */
  readonly firewall: readonly FirewallRule[];
  readonly k3s: NodeK3s;
  /** Values that are not known yet. While there are any, the script only reports differences. */
  readonly unresolved: readonly { readonly path: string; readonly find: string }[];
}

export interface NodeAccount {
  readonly name: string;
  /** The lines of `authorized_keys`. Undefined while they are unresolved. */
  readonly authorizedKeys: readonly string[] | undefined;
}

/** Who can connect over SSH, and on which ports. */
export interface NodeSsh {
  readonly ports: readonly number[];
  /** Ranges that can connect to SSH and to the API server. Undefined while they are unresolved. */
  readonly networks: readonly string[] | undefined;
}

/** A file with its mode, such as `0644`, and what to do after a change of the file. */
export interface NodeFile {
  readonly path: string;
  readonly mode: string;
  /** The name of the user, and of the group, that owns the file. @default root */
  readonly owner?: string;
  readonly text: string;
  /** @default nothing: the programs that read the file notice a change */
  readonly after?: AfterChange;
  /** A program that must accept the file before the script installs it. */
  readonly validate?: 'sshd' | 'sudoers';
}

/** The action after a change. `restart` is followed by the name of a systemd unit. */
export type AfterChange = 'reload-units' | 'reload-ssh' | `restart ${string}`;

export interface FirewallRule {
  /** An address or a range. */
  readonly from: string;
  /** @default every protocol, and therefore every port */
  readonly protocol?: 'tcp' | 'udp';
  /** At most 15 ports and ranges such as `2379:2380`. They need a protocol. */
  readonly ports?: readonly string[];
  /** The purpose of the rule, in one or two words. */
  readonly purpose: string;
}

export interface NodeK3s {
  readonly role: NodeRole;
  readonly version: string;
  readonly architecture: 'amd64' | 'arm64';
  /** SHA-256 of the k3s binary for this architecture. @default the checksum file of the release is used */
  readonly sha256: string | undefined;
  /** The address that k3s binds to, and by which etcd knows the member. An etcd member can't change its address. */
  readonly address: string;
  readonly flannelBackend: 'vxlan' | 'wireguard-native';
  readonly secretsEncryption: boolean;
  /** The address of the server that this node joins. Undefined for the node that initialises a new cluster. */
  readonly join: string | undefined;
  /** The name of the server that all other nodes join. */
  readonly firstNode: string;
  /** The other servers. */
  readonly servers: readonly NodePeer[];
  /**
   * The Secret in kube-system with the settings of the bucket for etcd snapshots, and the number of snapshots that
   * the bucket keeps.
   */
  readonly bucket: { readonly secret: string; readonly retention: number };
  /** The files below `/etc/rancher` and `/etc/systemd`, which k3s reads only when it starts. */
  readonly files: readonly NodeFile[];
  readonly labels: Readonly<Record<string, string>>;
}

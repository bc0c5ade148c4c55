/** A server runs the API server and a member of etcd; an agent runs pods alone. */
export const nodeRoles = ['server', 'agent'] as const;

export type NodeRole = (typeof nodeRoles)[number];

/** Another node of the cluster. */
export interface NodePeer {
  readonly name: string;
  /** The address by which the nodes know each other. */
  readonly address: string;
  readonly role: NodeRole;
}

/** The complete description of one node. The script applies it, and checks read it. */
export interface NodeSetup {
  /** The operator's name for the node: the SSH alias. */
  readonly name: string;
  /** The hostname, and the node's name in Kubernetes. The script refuses to run on another host. */
  readonly hostname: string;
  /** Debian packages that must be installed. */
  readonly packages: readonly string[];
  readonly account: NodeAccount;
  readonly ssh: NodeSsh;
  /** The files in the order in which they are written. */
  readonly files: readonly NodeFile[];
  /** Kernel parameters of the running kernel. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** systemd units that must be enabled and running. */
  readonly units: readonly string[];
  /** The allowed incoming traffic. Everything else is denied, and other rules are removed. */
  readonly firewall: readonly FirewallRule[];
  readonly k3s: NodeK3s;
  /** Unresolved values. While there is one, the script only checks and changes nothing. */
  readonly unresolved: readonly { readonly path: string; readonly find: string }[];
}

/** The account that the operator logs on with. */
export interface NodeAccount {
  readonly name: string;
  /** Lines of `authorized_keys`; undefined while unresolved. */
  readonly authorizedKeys: readonly string[] | undefined;
}

/** The operator's access over SSH. */
export interface NodeSsh {
  readonly ports: readonly number[];
  /** Ranges that can connect to SSH and the API server; undefined while unresolved. */
  readonly networks: readonly string[] | undefined;
}

/** A file with its mode, such as `0644`, and the command after a change of it. */
export interface NodeFile {
  readonly path: string;
  readonly mode: string;
  /** The user and the group of that name. @default root */
  readonly owner?: string;
  readonly text: string;
  /** @default none: its readers notice a change */
  readonly after?: AfterChange;
  /** A program that must accept the file before it is put in place. */
  readonly validate?: 'sshd' | 'sudoers';
}

/** A systemd unit to restart, as `restart …`. */
export type AfterChange = 'reload-units' | 'reload-ssh' | `restart ${string}`;

/** One rule of ufw for incoming traffic. */
export interface FirewallRule {
  /** An address or a range. */
  readonly from: string;
  /** @default every protocol, and so every port */
  readonly protocol?: 'tcp' | 'udp';
  /** Ports and ranges such as `2379:2380`, at most 15. Only with a protocol. */
  readonly ports?: readonly string[];
  /** The purpose of the rule, in a word or two. */
  readonly purpose: string;
}

/** The k3s of a node. */
export interface NodeK3s {
  readonly role: NodeRole;
  readonly version: string;
  readonly architecture: 'amd64' | 'arm64';
  /**
   * SHA-256 of the release's binary for this architecture. @default the checksum file of the release is used
   */
  readonly sha256: string | undefined;
  /** The address that k3s binds to and etcd knows the member by. An etcd member can't change it. */
  readonly address: string;
  readonly flannelBackend: 'vxlan' | 'wireguard-native';
  readonly secretsEncryption: boolean;
  /** The address of the server that it joins; undefined for the one that initialises a new cluster. */
  readonly join: string | undefined;
  /** The name of the server that the other nodes join. */
  readonly firstNode: string;
  /** The other servers. */
  readonly servers: readonly NodePeer[];
  /** The Secret in kube-system that names the bucket of etcd's snapshots, and how many the bucket keeps. */
  readonly bucket: { readonly secret: string; readonly retention: number };
  /** Below `/etc/rancher` and `/etc/systemd`: k3s reads them only when it starts. */
  readonly files: readonly NodeFile[];
  readonly labels: Readonly<Record<string, string>>;
}

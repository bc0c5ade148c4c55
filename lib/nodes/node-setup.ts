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

/** What one node is to be, whole and in memory: the script makes it so, and checks look at it. */
export interface NodeSetup {
  /** How the operator calls it: the SSH alias. */
  readonly name: string;
  /** What the machine calls itself, and k3s the node. The script refuses to run on any other. */
  readonly hostname: string;
  /** Debian packages that must be installed. */
  readonly packages: readonly string[];
  readonly account: NodeAccount;
  readonly ssh: NodeSsh;
  /** In the order in which they are written. */
  readonly files: readonly NodeFile[];
  /** Kernel parameters, as the running kernel must have them. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** systemd units that must be enabled and running. */
  readonly units: readonly string[];
  /** Everything that may come in; whatever isn't here is denied, and its rule removed. */
  readonly firewall: readonly FirewallRule[];
  readonly k3s: NodeK3s;
  /** What only the operator knows. While there is any, the script checks and changes nothing. */
  readonly unresolved: readonly { readonly path: string; readonly find: string }[];
}

/** The account that the operator logs on with. */
export interface NodeAccount {
  readonly name: string;
  /** Lines of `authorized_keys`; undefined while nobody knows them. */
  readonly authorizedKeys: readonly string[] | undefined;
}

/** How the operator reaches the node. */
export interface NodeSsh {
  readonly ports: readonly number[];
  /** Ranges that may reach SSH and the API server; undefined while nobody knows them. */
  readonly networks: readonly string[] | undefined;
}

/** A file, its mode such as `0644`, and what makes a change of it count. */
export interface NodeFile {
  readonly path: string;
  readonly mode: string;
  /** The user and the group of that name. @default root */
  readonly owner?: string;
  readonly text: string;
  /** @default nothing; whoever reads the file reads it anew */
  readonly after?: AfterChange;
  /** A program that must accept the file before it is put in place. */
  readonly validate?: 'sshd' | 'sudoers';
}

/** `restart …` names a systemd unit. */
export type AfterChange = 'reload-units' | 'reload-ssh' | `restart ${string}`;

/** One opening, as ufw has it. */
export interface FirewallRule {
  /** An address or a range. */
  readonly from: string;
  /** @default every protocol, and so every port */
  readonly protocol?: 'tcp' | 'udp';
  /** Ports and ranges such as `2379:2380`, at most 15. Only with a protocol. */
  readonly ports?: readonly string[];
  /** Who comes in there, in a word or two. */
  readonly purpose: string;
}

/** The k3s of a node. */
export interface NodeK3s {
  readonly role: NodeRole;
  readonly version: string;
  readonly architecture: 'amd64' | 'arm64';
  /** SHA-256 of the release's binary for this architecture. @default the release's own checksum file is trusted */
  readonly sha256: string | undefined;
  /** What k3s binds to and etcd is a member by. An etcd member can't change it. */
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

import { stringify } from 'yaml';
import { auditArguments, auditPolicy } from './audit';
import type { NodeFile, NodeK3s, NodeRole } from './node-setup';
import type { ClusterProps, NodeProps, ReservedResources } from './props';
import { bucketRetention } from './snapshots';

/** The k3s of a node: its version, its files, and the values that a cluster with data can't change. */
export function k3s(props: NodeProps): NodeK3s {
  const { role, cluster, k3sVersion, architecture, labels } = props;
  const servers = cluster.peers.filter((peer) => peer.role === 'server');
  return {
    role,
    version: k3sVersion,
    architecture,
    sha256: props.k3sSha256,
    address: cluster.nodeAddress,
    flannelBackend: cluster.flannelBackend,
    secretsEncryption: cluster.secretsEncryption,
    join: cluster.join,
    firstNode: cluster.firstNode,
    servers,
    bucket: {
      secret: cluster.snapshots.s3Secret,
      retention: bucketRetention(cluster.snapshots, servers.length + (role === 'server' ? 1 : 0)),
    },
    files: role === 'server' ? serverFiles(props) : agentFiles(props),
    labels,
  };
}

function serverFiles(props: NodeProps): NodeFile[] {
  return [
    { path: '/etc/rancher/k3s/config.yaml', mode: '0600', text: stringify(serverConfig(props)) },
    auditPolicy,
    ...registries(props.cluster),
    { path: '/etc/systemd/system/k3s.service', mode: '0644', text: unit('server') },
  ];
}

function agentFiles(props: NodeProps): NodeFile[] {
  return [
    { path: '/etc/rancher/k3s/config.yaml', mode: '0600', text: stringify(agentConfig(props)) },
    ...registries(props.cluster),
    { path: '/etc/systemd/system/k3s-agent.service', mode: '0644', text: unit('agent') },
  ];
}

/** The options of `k3s agent`. The agent gets cluster-wide options from the server that it joins. */
function agentConfig({ hostname, address, cluster, labels }: NodeProps): Record<string, unknown> {
  const isPrivate = cluster.nodeAddress !== address;
  return {
    server: `https://${cluster.join}:6443`,
    'node-name': hostname,
    'node-ip': cluster.nodeAddress,
    ...(isPrivate && { 'node-external-ip': '@public-address@', 'flannel-iface': '@interface@' }),
    // k3s reads these only when a node registers. On a registered node the script sets them.
    ...(Object.keys(labels).length > 0 && {
      'node-label': Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    }),
    'protect-kernel-defaults': true,
    'kube-proxy-arg': ['proxy-mode=ipvs'],
    'kubelet-arg': reservations(cluster),
  };
}

/** Options by the names of k3s' flags. All others have k3s' default, also the CIDRs. */
function serverConfig({ hostname, address, cluster }: NodeProps): Record<string, unknown> {
  const { snapshots } = cluster;
  return {
    ...(cluster.join === undefined ? {} : { server: `https://${cluster.join}:6443` }),
    'node-name': hostname,
    'node-ip': cluster.nodeAddress,
    ...(cluster.nodeAddress === address ? { 'tls-san': [address] } : privateNetwork(cluster.nodeAddress)),
    'flannel-backend': cluster.flannelBackend,
    ...(cluster.secretsEncryption && { 'secrets-encryption': true }),
    ...(cluster.embeddedRegistry && { 'embedded-registry': true }),
    disable: ['servicelb'], // Traefik binds the nodes' own ports
    'protect-kernel-defaults': true,
    'kube-proxy-arg': ['proxy-mode=ipvs'],
    'kube-apiserver-arg': auditArguments,
    'kubelet-arg': reservations(cluster),
    'etcd-snapshot-schedule-cron': snapshots.schedule,
    'etcd-snapshot-retention': snapshots.retention,
    'etcd-snapshot-compress': true,
    // Bucket and keys are in a Secret of kube-system, so that no node has them. Any other etcd-s3 option here, also
    // etcd-s3-retention, would make k3s ignore it: the bucket's retention is a key of the Secret.
    'etcd-s3': true,
    'etcd-s3-config-secret': snapshots.s3Secret,
  };
}

/**
 * By default, k3s advertises the external address, and flannel takes the default route's interface. The public address
 * of a server that does not exist yet is unknown here: the node itself knows it.
 */
function privateNetwork(nodeAddress: string): Record<string, unknown> {
  return {
    'node-external-ip': '@public-address@',
    'advertise-address': nodeAddress,
    'flannel-iface': '@interface@',
    'tls-san': ['@public-address@'],
  };
}

function reservations({ reserved }: ClusterProps): string[] {
  return [
    `system-reserved=${reservation(reserved.system)}`,
    `kube-reserved=${reservation(reserved.kubernetes)}`,
  ];
}

function reservation({ cpu, memory }: ReservedResources): string {
  return `cpu=${cpu},memory=${memory}`;
}

/** The engine puts the password in from the node's own file, and shows nothing of the result. */
function registries({ registry, embeddedRegistry }: ClusterProps): NodeFile[] {
  if (registry === undefined) return [];
  const content = {
    ...(embeddedRegistry && { mirrors: { '*': {} } }),
    configs: {
      [registry.host]: { auth: { username: registry.user, password: '@secret:registry-password@' } },
    },
  };
  const text = stringify(content, { defaultStringType: 'PLAIN' }).replace(
    '"@secret:registry-password@"',
    '@secret:registry-password@',
  );
  return [{ path: '/etc/rancher/k3s/registries.yaml', mode: '0600', text }];
}

/**
 * As k3s' installer writes it, without options: they are in config.yaml. Only the server's own process is stopped
 * (KillMode), so pods go on while it restarts.
 */
const unit = (role: NodeRole) => `[Unit]
Description=Lightweight Kubernetes
Documentation=https://k3s.io
Wants=network-online.target
After=network-online.target honeydue-metadata.service

[Service]
Type=notify
EnvironmentFile=-/etc/systemd/system/${role === 'server' ? 'k3s' : 'k3s-agent'}.service.env
KillMode=process
Delegate=yes
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s ${role}

[Install]
WantedBy=multi-user.target
`;

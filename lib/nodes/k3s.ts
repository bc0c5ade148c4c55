import { stringify } from 'yaml';
import { auditArguments, auditPolicy } from './audit';
import type { NodeFile, NodeK3s, NodeRole } from './node-setup';
import type { ClusterProps, NodeProps, ReservedResources } from './props';
import { bucketRetention } from './snapshots';

/** The k3s settings of a node: the version, the files, and the values that can't change in a cluster with data. */
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

/** The options of `k3s agent`. An agent gets all cluster-wide options from the server that it joins. */
function agentConfig({ hostname, address, cluster, labels }: NodeProps): Record<string, unknown> {
  const isPrivate = cluster.nodeAddress !== address;
  return {
    server: `https://${cluster.join}:6443`,
    'node-name': hostname,
    'node-ip': cluster.nodeAddress,
    ...(isPrivate && { 'node-external-ip': '@public-address@', 'flannel-iface': '@interface@' }),
    // k3s applies these labels only when a node registers. On a registered node, the script sets them.
    ...(Object.keys(labels).length > 0 && {
      'node-label': Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    }),
    'protect-kernel-defaults': true,
    'kube-proxy-arg': ['proxy-mode=ipvs'],
    'kubelet-arg': reservations(cluster),
  };
}

/** The options of `k3s server`, by flag name. All others, including the CIDRs, keep k3s' defaults. */
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
    // The bucket and its keys are in a Secret in kube-system, so that no node has them. With any other etcd-s3 option
    // here, including etcd-s3-retention, k3s would ignore the Secret. The retention of the bucket is therefore a key
    // of the Secret.
    'etcd-s3': true,
    'etcd-s3-config-secret': snapshots.s3Secret,
  };
}

/**
 * By default, k3s advertises the external address, and flannel uses the interface of the default route. The public
 * address of a future server is unknown here, so the script inserts it on the node.
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

/** The node script inserts the password from a file on the node, and never prints the resulting file. */
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
 * The unit as k3s' installer writes it, but without options, which are in config.yaml. KillMode stops only the main
 * process, so pods keep running while k3s restarts.
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

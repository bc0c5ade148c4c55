import { stringify } from 'yaml';
import type { NodeFile, NodeK3s } from '../../documents/node-setup';
import { auditArguments, auditPolicy } from './audit';
import type { ClusterProps, NodeProps, ReservedResources } from './props';

/** The k3s server of a node: its version, its files, and what a cluster that has data can't change. */
export function k3s(props: NodeProps): NodeK3s {
  const { cluster, k3sVersion, architecture, labels } = props;
  return {
    version: k3sVersion,
    architecture,
    sha256: props.k3sSha256,
    address: cluster.nodeAddress,
    flannelBackend: cluster.flannelBackend,
    secretsEncryption: cluster.secretsEncryption,
    join: cluster.join,
    files: [
      { path: '/etc/rancher/k3s/config.yaml', mode: '0600', text: stringify(serverConfig(props)) },
      auditPolicy,
      ...registries(cluster),
      { path: '/etc/systemd/system/k3s.service', mode: '0644', text: unit },
    ],
    labels,
  };
}

/** k3s' own options, by the names of its flags. What isn't here has k3s' default, the CIDRs among it. */
function serverConfig({ hostname, address, cluster }: NodeProps): Record<string, unknown> {
  const { snapshots, reserved } = cluster;
  return {
    ...(cluster.join === undefined ? {} : { server: `https://${cluster.join}:6443` }),
    'node-name': hostname,
    'node-ip': cluster.nodeAddress,
    ...(cluster.nodeAddress === address ? { 'tls-san': [address] } : privateNetwork(cluster.nodeAddress)),
    'flannel-backend': cluster.flannelBackend,
    ...(cluster.secretsEncryption && { 'secrets-encryption': true }),
    ...(cluster.embeddedRegistry && { 'embedded-registry': true }),
    disable: ['servicelb'], // chapter 0, layer 5: Traefik binds the nodes' own ports
    'protect-kernel-defaults': true,
    'kube-proxy-arg': ['proxy-mode=ipvs'], // chapter 0, layer 4
    'kube-apiserver-arg': auditArguments,
    'kubelet-arg': [
      `system-reserved=${reservation(reserved.system)}`,
      `kube-reserved=${reservation(reserved.kubernetes)}`,
    ],
    'etcd-snapshot-schedule-cron': snapshots.schedule,
    'etcd-snapshot-retention': snapshots.retention,
    'etcd-snapshot-compress': true,
    // Bucket and keys are in a Secret of kube-system, so that no node has them. Any other etcd-s3 option here would
    // make k3s ignore it.
    'etcd-s3': true,
    'etcd-s3-config-secret': snapshots.s3Secret,
  };
}

/**
 * Unless it is told, k3s advertises the external address, and flannel takes the default route's interface. Of a server
 * that is still to be made nobody knows the public address: the node itself does.
 */
function privateNetwork(nodeAddress: string): Record<string, unknown> {
  return {
    'node-external-ip': '@public-address@',
    'advertise-address': nodeAddress,
    'flannel-iface': '@interface@',
    'tls-san': ['@public-address@'],
  };
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
const unit = `[Unit]
Description=Lightweight Kubernetes
Documentation=https://k3s.io
Wants=network-online.target
After=network-online.target honeydue-metadata.service

[Service]
Type=notify
EnvironmentFile=-/etc/systemd/system/k3s.service.env
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
ExecStart=/usr/local/bin/k3s server

[Install]
WantedBy=multi-user.target
`;

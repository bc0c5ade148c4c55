import { accessFiles, account } from './access';
import { rangesFiles, rangesTimer } from './cloudflare-ranges';
import { firewall } from './firewall';
import { k3s } from './k3s';
import { metadataFiles, metadataUnit } from './metadata';
import { metricsFiles, metricsSocket, nodeMetricsPort } from './metrics';
import type { NodeSetup } from './node-setup';
import { nodeSysctls, operatingSystemFiles, packages } from './operating-system';
import type { NodeProps } from './props';

/**
 * The desired state of a node. A change here applies to every node when its script runs, to new and to existing
 * nodes.
 */
export function nodeSetup(props: NodeProps): NodeSetup {
  const hasEdge = props.cloudflareRanges.length > 0;
  const isScraped = props.cluster.metricsPorts.includes(nodeMetricsPort);
  return {
    name: props.name,
    hostname: props.hostname,
    packages,
    account: account(props.access),
    ssh: { ports: props.access.sshPorts, networks: props.access.networks },
    files: [
      ...accessFiles(props.access),
      ...operatingSystemFiles(props.access),
      ...metadataFiles,
      ...(hasEdge ? rangesFiles(props.cloudflareRanges) : []),
      ...(isScraped ? metricsFiles(props.cluster.nodeAddress) : []),
    ],
    sysctls: nodeSysctls,
    units: [
      'fail2ban.service',
      'systemd-timesyncd.service',
      'ufw.service',
      'unattended-upgrades.service',
      metadataUnit,
      ...(hasEdge ? [rangesTimer] : []),
      ...(isScraped ? [metricsSocket] : []),
    ],
    firewall: firewall(props),
    k3s: k3s(props),
    unresolved: props.unresolved,
  };
}

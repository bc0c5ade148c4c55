import { cloudflareIpRanges } from './cloudflare-ip-ranges';
import { clusterInit } from './cluster-init';
import { edgeHosts } from './edge-hosts';
import { firewallPorts } from './firewall-ports';
import { pinnedNodes } from './pinned-nodes';
import { serverFirewalls } from './server-firewalls';
import type { Agreement } from './sides';
import { traefikChart } from './traefik-chart';

/** The checks that both outputs of a deployment agree. */
export const agreements: readonly Agreement[] = [
  edgeHosts,
  cloudflareIpRanges,
  pinnedNodes,
  firewallPorts,
  serverFirewalls,
  traefikChart,
  clusterInit,
];

import { cloudflareIpRanges } from './cloudflare-ip-ranges';
import { clusterInit } from './cluster-init';
import { edgeHosts } from './edge-hosts';
import { firewallPorts } from './firewall-ports';
import { pinnedNodes } from './pinned-nodes';
import { serverFirewalls } from './server-firewalls';
import type { Agreement } from './sides';
import { traefikChart } from './traefik-chart';

/** The checks that the Kubernetes and the Terraform output of a deployment match. */
export const agreements: readonly Agreement[] = [
  edgeHosts,
  cloudflareIpRanges,
  pinnedNodes,
  firewallPorts,
  serverFirewalls,
  traefikChart,
  clusterInit,
];

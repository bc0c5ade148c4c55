import { cloudflareRanges } from './cloudflare-ranges';
import { hosts } from './hosts';
import { nodePorts } from './node-ports';
import { oneCluster } from './one-cluster';
import { pinnedNodes } from './pinned-nodes';
import { serverFirewalls } from './server-firewalls';
import type { Agreement } from './sides';
import { traefikChart } from './traefik-chart';

/** What the two sides of a deployment must agree on. */
export const agreements: readonly Agreement[] = [
  hosts,
  cloudflareRanges,
  pinnedNodes,
  nodePorts,
  serverFirewalls,
  traefikChart,
  oneCluster,
];

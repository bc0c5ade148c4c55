import { cloudflareSource } from './cloudflare/source';
import { clusterSource } from './cluster/source';
import { hetznerSource } from './hetzner/source';
import { nodesSource } from './nodes/source';
import type { AdoptSource } from './source';

/** The sources of `adopt`, in the order of the queries. */
export const adoptSources: readonly AdoptSource[] = [
  clusterSource,
  hetznerSource(),
  cloudflareSource(),
  nodesSource(),
];

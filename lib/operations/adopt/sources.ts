import { clusterSource } from './cluster/source';
import type { AdoptSource } from './source';

/** Everything that `adopt` asks, in this order. */
export const adoptSources: readonly AdoptSource[] = [clusterSource];

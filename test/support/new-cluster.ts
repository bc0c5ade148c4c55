import { join } from 'node:path';
import { type Synthesis, synthesize } from '../../lib/cli/synthesize';
import { root } from './configuration';

/** The example of a cluster that doesn't exist yet. */
export const newCluster: Synthesis = synthesize(join(root, 'examples', 'new-cluster', 'production.yaml'));

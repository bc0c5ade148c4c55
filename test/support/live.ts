import { join } from 'node:path';
import { type Synthesis, synthesize } from '../../lib/cli/synthesize';
import { root } from './configuration';

/** Production as it is: whatever `config/` says now. */
export const live: Synthesis = synthesize(join(root, 'config', 'production.yaml'));

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Synthesis, synthesize } from '../../lib/cli/synthesize';
import { type Edit, edited, root, withConfiguration } from '../support/configuration';

const example = join(root, 'examples', 'new-cluster');
const read = (name: string) => readFileSync(join(example, name), 'utf8');

/** The text of the example of a cluster that doesn't exist yet. */
export const newCluster = read('production.yaml');

/** The example after some edits of its configuration. */
export function newClusterWith(...edits: Edit[]): Synthesis {
  const text = edited(edits, newCluster);
  return withConfiguration(text, synthesize, read('images.lock.yaml'), read('cloudflare-ip-ranges.json'));
}

/** Values of the variables that its stack asks for. */
export const secrets = {
  hcloud_token: 'a'.repeat(64),
  k3s_token: 'b'.repeat(64),
  registry_password: 'password',
  access_authorized_keys: JSON.stringify([`ssh-ed25519 ${'A'.repeat(68)} operator`]),
  access_networks: JSON.stringify(['84.20.10.7/32']),
};

import type { TerraformDocument } from '../../documents/terraform';
import type { Model } from '../model/model';

/** The optional peers of the package that Terraform's side needs. */
const peers = ['cdktf', '@cdktf/provider-cloudflare'];

/** Terraform's side can't be made, because a package that it needs isn't installed. */
export class MissingPeers extends Error {
  /** @param missing the names of the packages */
  constructor(missing: readonly string[]) {
    super(
      `The configuration describes servers or records, and Terraform's configuration of them needs packages that are not installed: ${missing.join(', ')}. Install them: npm install ${missing.join(' ')}`,
    );
    this.name = 'MissingPeers';
  }
}

/**
 * The documents of Terraform's side; none when the configuration describes nothing that Terraform makes.
 *
 * @throws MissingPeers
 */
export function stackDocuments(model: Model): TerraformDocument[] {
  if (model.hetzner === undefined && model.edge?.cloudflare === undefined) return [];
  const { terraformApp, terraformDocuments } = loadStacks();
  return terraformDocuments(terraformApp({ model }));
}

/** On demand, because every other command works without cdktf. */
function loadStacks() {
  try {
    return {
      ...(require('../stacks/app') as typeof import('../stacks/app')),
      ...(require('./terraform') as typeof import('./terraform')),
    };
  } catch (error) {
    const missing = peers.filter((peer) => !isInstalled(peer));
    throw missing.length > 0 ? new MissingPeers(missing) : error;
  }
}

function isInstalled(peer: string): boolean {
  try {
    return require.resolve(`${peer}/package.json`) !== undefined;
  } catch {
    return false;
  }
}

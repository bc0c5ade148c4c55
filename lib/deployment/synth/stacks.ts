import type { TerraformDocument } from '../../documents/terraform';
import type { Model } from '../model/model';

/** The optional peer dependencies that are needed to build Terraform's configuration. */
const peers = ['cdktf', '@cdktf/provider-cloudflare'];

/** Terraform's configuration can't be built, because a package is not installed. */
export class MissingPeers extends Error {
  /** @param missing the names of the packages */
  constructor(missing: readonly string[]) {
    super(
      `The configuration describes servers or DNS records. To make Terraform's configuration of them, honeydue needs packages that are not installed: ${missing.join(', ')}. Install them: npm install ${missing.join(' ')}`,
    );
    this.name = 'MissingPeers';
  }
}

/**
 * Terraform's configuration; none if the deployment has no server and no zone.
 *
 * @throws MissingPeers
 */
export function stackDocuments(model: Model): TerraformDocument[] {
  if (model.hetzner === undefined && model.edge?.cloudflare === undefined) return [];
  const { terraformApp, terraformDocuments } = loadStacks();
  return terraformDocuments(terraformApp({ model }));
}

/** Loads the stacks on demand, because commands that read files must work without cdktf. */
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

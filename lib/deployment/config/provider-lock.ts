import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readText } from '../../input/text';

/** Terraform's lock file of the providers, next to the configuration. */
export interface ProviderLock {
  /** The path in messages. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads `terraform.lock.hcl` next to a deployment.
 *
 * @returns undefined if there is none: only the registry has the checksums, so synth can't create it @throws
 * ConfigError for one that can't be read
 */
export function readProviderLock(deployment: string): ProviderLock | undefined {
  const path = join(dirname(deployment), 'terraform.lock.hcl');
  if (!existsSync(path)) return undefined;
  const file = relative(process.cwd(), path) || path;
  const role = { remedy: 'create it with npm run lock', purpose: 'lock the providers' };
  return { file, text: readText(path, file, role) };
}

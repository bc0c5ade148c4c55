import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readText } from '../../input/text';

/** The lock file of Terraform's providers, next to the configuration. */
export interface ProviderLock {
  /** The path that messages print. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads `terraform.lock.hcl` next to a deployment.
 *
 * @returns undefined if the file doesn't exist: synth can't create it, because only the registry has the
 *   checksums
 * @throws ConfigError if the file can't be read
 */
export function readProviderLock(deployment: string): ProviderLock | undefined {
  const path = join(dirname(deployment), 'terraform.lock.hcl');
  if (!existsSync(path)) return undefined;
  const file = relative(process.cwd(), path) || path;
  const role = { remedy: 'create it with npm run lock', purpose: 'lock the providers' };
  return { file, text: readText(path, file, role) };
}

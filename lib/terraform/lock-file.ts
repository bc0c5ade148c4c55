/** A provider in Terraform's dependency lock file. */
export interface LockedProvider {
  /** Source address, such as `hetznercloud/hcloud`. */
  readonly source: string;
  readonly version: string;
  /** The line number of the provider's block, from 1. */
  readonly line: number;
  readonly hashes: readonly string[];
}

const block = /^provider "registry\.terraform\.io\/([^"]+)" \{$([\s\S]*?)^\}$/gm;

/**
 * The providers in a `.terraform.lock.hcl` with the layout that Terraform writes.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export function lockedProviders(text: string): LockedProvider[] {
  return [...text.matchAll(block)].map(([, source = '', body = ''], index, all) => ({
    source,
    version: /^\s*version\s*=\s*"([^"]*)"$/m.exec(body)?.[1] ?? '',
    line: text.slice(0, all[index]?.index).split('\n').length,
    hashes: [...body.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash = '']) => hash),
  }));
}

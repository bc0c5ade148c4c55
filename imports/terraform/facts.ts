import { join } from 'node:path';
import type { OutputFile } from '../../lib/documents/file';
import kept from './hcloud.json';
import { runInProvider } from './provider-module';

/** Finds the arguments that force a replacement, in the schemas of the provider. Needs Go and the Go module proxy. */
export function hcloudFacts(root: string): OutputFile {
  const { provider, version } = kept;
  const printed = runInProvider(version, join(root, 'imports', 'terraform', 'facts'));
  const resources = JSON.parse(printed) as unknown;
  return {
    path: 'imports/terraform/hcloud.json',
    text: `${JSON.stringify({ provider, version, resources }, null, 2)}\n`,
  };
}

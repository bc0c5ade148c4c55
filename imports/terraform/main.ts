import { regenerate } from '../regenerate';
import { hcloudFacts } from './facts';

/**
 * `npm run facts` reads the schemas of the hcloud provider again, after its version in hcloud.json was changed. The
 * command needs Go, so it is not a part of `npm run imports`. The Cloudflare provider is too large to build:
 * cloudflare.json is edited by hand, from the schema of the version that it states.
 */
async function main(): Promise<void> {
  const written = await regenerate(process.cwd(), [(root) => [hcloudFacts(root)]], false);
  for (const path of written) process.stdout.write(`wrote ${path}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

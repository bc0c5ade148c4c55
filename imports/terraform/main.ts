import { regenerate } from '../regenerate';
import { hcloudFacts } from './facts';

/**
 * `npm run facts` reads hcloud's schemas anew, after another version was stated in hcloud.json. It needs Go, so
 * it is no part of `npm run imports`. The provider of Cloudflare is too large to build: what cloudflare.json holds was
 * read from the schema of the version that it names, and is edited by hand.
 */
async function main(): Promise<void> {
  const written = await regenerate(process.cwd(), [(root) => [hcloudFacts(root)]], false);
  for (const path of written) process.stdout.write(`wrote ${path}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

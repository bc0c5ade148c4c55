import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { version } from '../../../node_modules/cdktn/package.json';
import { fixtures, root, withDirectory } from '../../support/configuration';

/** What `terraform.ts` writes, by path, when `cdktf` is the package of this name; the provider's bindings included. */
function written(cdktf: string): Record<string, string> {
  return withDirectory((directory) => {
    const [program, out] = ['terraform.cjs', 'out'].map((name) => join(directory, name)) as [string, string];
    const entryPoints = [join(root, 'terraform.ts')];
    const alias = cdktf === 'cdktf' ? {} : { cdktf };
    buildSync({ entryPoints, outfile: program, alias, bundle: true, platform: 'node', target: 'node20' });
    const words = ['--config', join(fixtures, 'production.yaml'), '--out', out];
    const { status, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
    expect([stderr, status]).toEqual(['', 0]);
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) =>
      statSync(join(out, path)).isFile(),
    );
    return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(out, path), 'utf8')]));
  });
}

test('CDK Terrain makes the same Terraform configuration as cdktf, up to its own version', () => {
  const [archived, successor] = [written('cdktf'), written('cdktn')];
  const stack = 'terraform/stacks/honeydue/cdk.tf.json';
  expect(archived[stack]).toContain('"hcloud_server"');
  expect(successor[stack]).toContain(`"version": "${version}"`);
  const versionless = (files: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, text.replace(/"version": "0\.2[14]\.0"/, '')]),
    );
  expect(versionless(successor)).toEqual(versionless(archived));
});

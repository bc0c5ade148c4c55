import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { compareVersions } from '../../lib/kubernetes/release/version-range';
import { type KeptLine, lineFile, parse, readLine, releaseSchema } from './lines';

/**
 * Stores the versions that a release of k3s bundles: `node bin/run.mjs imports/k3s/keep.ts RELEASE.yaml [END_OF_SUPPORT
 * SOURCE]` adds the release to `imports/k3s/<minor>.json`. For a new minor version, also pass the date on which its
 * support ends, and the source of that date.
 */
function keep(root: string, [file, endOfSupport, source]: readonly string[]): void {
  if (file === undefined)
    throw new Error('usage: node bin/run.mjs imports/k3s/keep.ts RELEASE.yaml [2027-06-28 SOURCE]');
  const release = parse(releaseSchema, parseYaml(readFileSync(file, 'utf8')), file);
  const minor = release.kubernetes.split('.').slice(0, 2).join('.');
  const line = lineOf(root, minor, endOfSupport, source);
  const releases = [...line.releases.filter(({ k3s }) => k3s !== release.k3s), release];
  releases.sort((a, b) => compareVersions(a.kubernetes, b.kubernetes));
  writeFileSync(join(root, lineFile(minor)), `${JSON.stringify({ ...line, releases }, null, 2)}\n`);
}

function lineOf(root: string, minor: string, endOfSupport?: string, source?: string): KeptLine {
  if (existsSync(join(root, lineFile(minor)))) return readLine(root, minor);
  if (endOfSupport === undefined || source === undefined)
    throw new Error(
      `${lineFile(minor)} does not exist: pass the end of support of this minor version, and the source of that date`,
    );
  return { minor, endOfSupport, source, releases: [] };
}

keep(process.cwd(), process.argv.slice(2));

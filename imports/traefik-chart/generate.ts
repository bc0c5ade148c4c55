import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../../lib/documents/file';
import { compareVersions } from '../../lib/kubernetes/release/version-range';
import { mergeVersions } from '../version-ranges';
import type { ChartTable } from './next-chart';

const directory = 'imports/traefik-chart';

/** The versions of Traefik's chart with known keys, oldest first. */
export function chartVersions(root: string): string[] {
  return readdirSync(join(root, directory))
    .filter((file) => /^\d+\.\d+\.\d+\.json$/.test(file))
    .map((file) => file.replace('.json', ''))
    .sort(compareVersions);
}

/**
 * Generates `imports/traefik-chart/keys.json`, the keys of all known versions of the chart. A key that only some
 * versions have carries the range of these versions (`imports/version-ranges.ts`).
 *
 * @param root the directory of the project
 */
export function chartKeys(root: string): OutputFile[] {
  const versions = chartVersions(root);
  const tables = new Map(
    versions.map((version) => {
      const table = JSON.parse(readFileSync(join(root, directory, `${version}.json`), 'utf8')) as ChartTable;
      const { keys, renamed } = table;
      return [
        version,
        new Map([
          ['keys', new Map(Object.entries(keys))],
          ['renamed', new Map(Object.entries(renamed))],
        ]),
      ] as const;
    }),
  );
  const merged = [...mergeVersions(tables)].map(([name, entries]) => {
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return [name, Object.fromEntries(sorted)] as const;
  });
  const text = JSON.stringify({ source: directory, versions, ...Object.fromEntries(merged) }, null, 2);
  return [{ path: `${directory}/keys.json`, text: `${text}\n` }];
}

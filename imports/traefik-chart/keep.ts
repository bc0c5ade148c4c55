import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartTable, nextChart, type ValuesSchema } from './next-chart';

/**
 * Stores the keys of a version of Traefik's chart: `node bin/run.mjs imports/traefik-chart/keep.ts <version> <known
 * version> SCHEMA KNOWN_SCHEMA [OLD=NEW…]` writes `imports/traefik-chart/<version>.json`. The command reads the
 * `values.schema.json` of both versions and the table of the known version. Each `OLD=NEW` is a renamed key, from the
 * release notes of the chart. Check the difference between the two tables: keys that values.yaml only has in comments
 * are not in the schema.
 */
function keep(root: string, [version, known, schema, knownSchema, ...renames]: readonly string[]): void {
  if (version === undefined || known === undefined || schema === undefined || knownSchema === undefined) {
    throw new Error(
      'usage: node bin/run.mjs imports/traefik-chart/keep.ts 40.2.0 40.1.0 values.schema.json values.schema.json-of-40.1.0 [OLD=NEW…]',
    );
  }
  const file = (name: string) => join(root, 'imports', 'traefik-chart', `${name}.json`);
  const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
  const table = nextChart({
    version,
    known: read<ChartTable>(file(known)),
    schema: read<ValuesSchema>(schema),
    knownSchema: read<ValuesSchema>(knownSchema),
    renamed: Object.fromEntries(renames.map((each) => each.split('=', 2))),
  });
  writeFileSync(file(version), `${JSON.stringify(table, null, 2)}\n`);
}

keep(process.cwd(), process.argv.slice(2));

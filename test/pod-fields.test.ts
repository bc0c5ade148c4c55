import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationSchema, keysOf, pathOf } from '../imports/configuration/keys';
import kubernetes from '../imports/kubernetes/schema.json';
import { root } from './support/configuration';

interface Row {
  readonly field: string;
  readonly setBy: string;
}

/** The tables of docs/pod-fields.md by their headings. */
const tables = new Map(
  readFileSync(join(root, 'docs', 'pod-fields.md'), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section): [string, Row[]] => {
      const rows = [...section.matchAll(/^\| `(\w+)` \| (.*?) \|/gm)];
      return [section.split('\n')[0] ?? '', rows.map(([, field = '', setBy = '']) => ({ field, setBy }))];
    }),
);

const types: Readonly<Record<string, object>> = kubernetes.types;

describe('docs/pod-fields.md', () => {
  test.each(['PodSpec', 'Container', 'DeploymentSpec', 'StatefulSetSpec', 'CronJobSpec', 'JobSpec'])(
    'has every field of %s, in the order of the schema',
    (type) => {
      // Every known release has these; the others carry a range.
      const fields = Object.keys(types[type] ?? {}).flatMap((field) =>
        field.includes('@') ? [] : [field.replace('!', '')],
      );
      expect(fields.length).toBeGreaterThan(5);
      expect(tables.get(type)?.map(({ field }) => field)).toEqual(fields);
    },
  );

  test('names only keys that a workload has', () => {
    const known = new Set(
      keysOf(configurationSchema()).map(({ steps }) => pathOf(steps).replaceAll(/\(\w+\)/g, '')),
    );
    const named = [...tables.values()].flat().flatMap(({ setBy }) => [...setBy.matchAll(/`(\w+)`/g)]);
    for (const [, key = ''] of named) {
      const isKnown = known.has(`workloads.*.${key}`) || known.has(key);
      expect([key, isKnown]).toEqual([key, true]);
    }
  });

  test('says how each field is set', () => {
    const empty = [...tables.values()].flat().filter(({ setBy }) => setBy.trim() === '');
    expect(empty).toEqual([]);
  });
});

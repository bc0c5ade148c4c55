import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listUnresolved } from '../../../lib/deployment/model/unresolved-value';
import { loadAdopted } from '../../../lib/operations/adopt/adopt';
import { isPathOf } from '../../../lib/operations/adopt/resolver';
import { adoptSources } from '../../../lib/operations/adopt/sources';
import { root } from '../../support/configuration';

const file = join(root, 'docs', 'tasks', 'adopt.md');
const page = readFileSync(file, 'utf8');
const { deployment, lock } = loadAdopted(join(root, 'config', 'production.yaml'));
const open = [
  ...listUnresolved(deployment),
  ...Object.entries(lock).flatMap(([name, entry]) => listUnresolved(entry, ['images', name])),
];
const resolvers = adoptSources.flatMap(({ name, resolvers: own }) =>
  own.map((each) => ({ source: name, ...each })),
);

/** Images that nothing runs yet: their registry or their publisher knows the answer, and not the cluster. */
const notRunning = ['redis-exporter', 'postgres', 'age', 'rclone', 'curl'];

test('the page has a row for each source', () => {
  const rows = adoptSources.map(({ name, needs }) => `| ${name} | ${needs} |`);
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});

/** `UPDATE_ADOPT=1` writes the table into the page. */
test('the page has a row for each kind of value, with the command for people', () => {
  const rows = resolvers.map(({ path, source, foundIn, command }) => {
    const value =
      open.find(({ place }) => isPathOf(path, place))?.place ??
      path.replace('workloads.*', 'workloads.api').split('.');
    const text = command({ path: value, deployment }).replaceAll('|', '\\|');
    return `| \`${path}\` | ${source}: ${foundIn} | \`${text}\` |`;
  });
  const table = ['| Value | Found in | Command |', '|---|---|---|', ...rows, ''].join('\n');
  const start = page.indexOf('| Value |');
  if (process.env['UPDATE_ADOPT'] !== undefined) writeFileSync(file, page.slice(0, start) + table);
  else expect(page.slice(start)).toBe(table);
});

test.each(
  open.flatMap(({ place, path, find }) => {
    const resolver = resolvers.find((each) => isPathOf(each.path, place));
    const isRunning = place[0] !== 'images' || !notRunning.includes(String(place[1]));
    return resolver !== undefined && isRunning
      ? [{ path, find, command: resolver.command({ path: place, deployment }) }]
      : [];
  }),
)('config/production.yaml states the command of $path', ({ find, command }) => expect(find).toBe(command));

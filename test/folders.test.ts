import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support/configuration';

/** More than about twenty files are not seen at a glance. */
const most = 22;

test.each(['lib', 'test', 'docs', 'imports'])('no folder of %s has too many files', (top) => {
  const files = readdirSync(join(root, top), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const counts = new Map<string, number>();
  for (const { parentPath } of files) counts.set(parentPath, (counts.get(parentPath) ?? 0) + 1);
  expect(counts.size).toBeGreaterThan(0);
  expect([...counts].filter(([, count]) => count > most)).toEqual([]);
});

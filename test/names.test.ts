import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support/configuration';

const texts = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(join(root, 'lib', file), 'utf8')] as const);

/** The names that top-level declarations of lib/ give, each with the files that it is in. */
function declared(pattern: RegExp): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [file, text] of texts) {
    const names = new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
    for (const name of names) found.set(name, [...(found.get(name) ?? []), file]);
  }
  return found;
}

test.each([
  ['type', /^(?:export )?(?:abstract )?(?:interface|type|class) (\w+)/gm],
  ['exported value', /^export (?:async )?(?:abstract )?(?:const|function|class|enum) (\w+)/gm],
  ['function of a frequent name', /^(?:export )?function (specOf|deployment|isUnresolved|readCluster)\b/gm],
])('each %s has a name of its own', (_, pattern) => {
  expect([...declared(pattern)].filter(([, files]) => files.length > 1)).toEqual([]);
});

test('finds the names', () => {
  expect(declared(/^export (?:interface|type|class) (\w+)/gm).size).toBeGreaterThan(100);
});

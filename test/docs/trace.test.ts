import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/command';
import { root, withDirectory } from '../support/configuration';
import { blocksOf } from './blocks';

const page = readFileSync(join(root, 'docs', 'trace.md'), 'utf8');
const [manifests = ''] = blocksOf(page, 'yaml');
const shown = blocksOf(page, 'console').map((block) => {
  const [, words = '', output = ''] = /^\$ npx honeydue (.*) -f shop\.yaml\n([\s\S]*)$/.exec(block) ?? [];
  return { words, output };
});

describe('docs/trace.md', () => {
  test('shows two traces', () => {
    expect(shown.map(({ words }) => words)).toEqual([
      'trace shop cart:9000',
      'trace https://shop.example.com/',
    ]);
  });

  test.each(shown)('shows what $words prints', ({ words, output }) => {
    withDirectory((directory) => {
      const file = join(directory, 'shop.yaml');
      writeFileSync(file, manifests);
      const { stdout } = run(...words.split(' '), '-f', file);
      expect(stdout.replaceAll(file, 'shop.yaml')).toBe(output);
    });
  });
});

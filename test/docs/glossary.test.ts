import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/configuration';

const glossary = readFileSync(join(root, 'docs', 'glossary.md'), 'utf8');
const words = [...glossary.matchAll(/^\| ([a-z][a-z ]*?) \| /gm)].map(([, word = '']) => word);

const textsBelow = (folder: string, extension: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension) && path !== 'glossary.md')
    .map((path) => readFileSync(join(root, folder, path), 'utf8').toLowerCase());

describe('the glossary', () => {
  test('has at most thirty words', () => {
    expect(words.length).toBeGreaterThan(0);
    expect(words.length).toBeLessThanOrEqual(30);
  });

  test('has its words in alphabetical order', () => {
    expect(words).toEqual([...words].sort());
  });

  test('has only words that the code or the documents use', () => {
    const texts = [...textsBelow('lib', '.ts'), ...textsBelow('docs', '.md')];
    expect(words.filter((word) => !texts.some((text) => text.includes(word)))).toEqual([]);
  });
});

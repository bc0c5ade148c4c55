import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../support/command';
import { root } from '../support/configuration';
import { blocksOf } from './blocks';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const listed = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const documents = [
  ...listed('.'),
  ...listed('docs'),
  ...listed('docs/tasks'),
  ...listed('docs/measurements'),
  ...listed('docs/report'),
  ...listed('docs/adr'),
];

const blocks = (path: string, language: string) => blocksOf(read(path), language);

describe.each(documents)('%s', (path) => {
  test('names only scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(path).matchAll(/npm run (?:--?\w+ )?([a-z]\w*)/g)].map(([, script]) => script);
    for (const script of named) expect(Object.keys(scripts)).toContain(script);
  });

  test('links only to files that exist', () => {
    const targets = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? '');
    for (const target of targets)
      expect([target, existsSync(join(root, dirname(path), target))]).toEqual([target, true]);
  });

  test('names only files that exist', () => {
    const named = [
      ...read(path).matchAll(/`((?:lib|bin|bench|config|docs|examples|imports|test)\/[\w./-]+)`/g),
    ];
    for (const [, file = ''] of named) expect([file, existsSync(join(root, file))]).toEqual([file, true]);
  });
});

describe('what the documents show', () => {
  test('the construct in the documents is the example that the tests run', () => {
    expect(blocks('docs/constructs.md', 'ts')).toEqual([read('examples/shop.ts')]);
  });

  test("CONTRIBUTING's rule is the example that the tests run", () => {
    expect(blocks('CONTRIBUTING.md', 'ts')).toEqual([read('examples/rule.ts')]);
  });

  test('every way to the cluster refuses what is unresolved first', () => {
    const shown = documents
      .flatMap((path) => blocks(path, 'sh'))
      .filter((block) => /kubectl apply -f/.test(block));
    expect(shown.length).toBeGreaterThan(0);
    for (const block of shown) expect(block).toMatch(/^npm run synth -- --strict &&/);
  });
});

describe('the commands in the documents', () => {
  const shown = documents.flatMap((path) =>
    [...read(path).matchAll(/npx honeydue ((?:secrets )?[a-z]+)([^`\n|;&]*)/g)].map(
      ([, command = '', words = '']) => ({
        path,
        command,
        options: [...words.matchAll(/(?<= )--[a-z-]+/g)].map(([option]) => option),
      }),
    ),
  );
  const helps = new Map<string, string>();
  const helpOf = (command: string) => {
    if (!helps.has(command)) helps.set(command, run(...command.split(' '), '--help').stdout);
    return helps.get(command) ?? '';
  };

  test.each(shown.filter(({ options }) => options.length > 0))(
    '$path: npx honeydue $command takes $options',
    ({ command, options }) => {
      for (const option of options) expect(helpOf(command)).toContain(`${option} `);
    },
  );
});

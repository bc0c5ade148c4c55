import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { synthesize } from '../lib/cli/synthesize';
import { at } from './support/at';
import { edited, editedLock, root, withConfiguration } from './support/configuration';
import { find } from './support/production';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const listed = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const documents = [...listed('.'), ...listed('docs'), ...listed('docs/adr')];

/** The fenced blocks of a language. */
function blocks(path: string, language: string): string[] {
  return [...read(path).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text ?? '',
  );
}

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

  test("the README's first change is one line, and changes what it says", () => {
    const text = edited([['    image: web\n    replicas: 3', '    image: web\n    replicas: 4']]);
    expect(at(find(withConfiguration(text, synthesize), 'Deployment', 'web'), 'spec.replicas')).toBe(4);
  });

  test("CONTRIBUTING's sixth workload synthesizes into the file that it names", () => {
    const [entry = ''] = blocks('CONTRIBUTING.md', 'yaml');
    const { images, workloads } = parse(entry) as Record<string, Record<string, unknown>>;
    const configuration = parseDocument(edited([]));
    configuration.setIn(['images', 'docs'], images?.['docs']);
    configuration.setIn(['workloads', 'docs'], workloads?.['docs']);
    const lock = `${editedLock([])}docs:\n  tag: v1\n  digest: sha256:${'5'.repeat(64)}\n`;
    const { files } = withConfiguration(configuration.toString(), synthesize, lock);
    expect(files.map(({ path }) => path)).toContain('3-docs.k8s.yaml');
  });

  test('every way to the cluster refuses what is unresolved first', () => {
    const shown = documents
      .flatMap((path) => blocks(path, 'sh'))
      .filter((block) => /kubectl apply -f/.test(block));
    expect(shown.length).toBeGreaterThan(0);
    for (const block of shown) expect(block).toMatch(/^npm run synth -- --strict &&/);
  });
});

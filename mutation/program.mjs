import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import vm from 'node:vm';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { build } from 'esbuild';
import { expect } from 'expect';
import { parse } from 'yaml';

const silent = { debug() {}, info() {}, isDebugEnabled: () => false };

/** Adds all mutants to the source files, each behind a switch, with `@stryker-mutator/instrumenter`. */
export async function mutate(root, paths) {
  const files = paths.map((name) => ({
    name,
    mutate: true,
    content: readFileSync(join(root, name), 'utf8'),
  }));
  const instrumenter = new Instrumenter(silent);
  const { files: texts, mutants } = await instrumenter.instrument(files, {
    excludedMutations: [],
    ignorers: [],
    plugins: null,
  });
  return { texts: new Map(texts.map(({ name, content }) => [name, content])), mutants };
}

/** Bundles the tests and the mutated files that they import into one script, which can be evaluated repeatedly. */
export async function bundle(root, suites, texts) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: suites.map((suite) => `import './${suite}';`).join('\n'),
      resolveDir: root,
    },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    supported: { 'dynamic-import': false },
    banner: { js: '(function (require, test, describe, expect) {' },
    footer: { js: '})' },
    plugins: [
      {
        name: 'mutants',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const text = texts.get(relative(root, path)) ?? readFileSync(path, 'utf8');
            const directory = text.includes('__dirname')
              ? `var __dirname = ${JSON.stringify(dirname(path))};`
              : '';
            return { contents: directory + text, loader: 'ts' };
          });
        },
      },
    ],
  });
  return new vm.Script(outputFiles[0].text, { filename: 'mutation.cjs' });
}

/** Evaluates the tests again, without the state of an earlier mutant. YAML input is parsed only once. */
export function load(root, script) {
  const fromRoot = createRequire(join(root, 'package.json'));
  const require = (name) => (name === 'yaml' ? { ...fromRoot(name), parse: parseOnce } : fromRoot(name));
  const tests = [];
  const scope = [];
  const add = (title, run) => tests.push({ title: [...scope, title].join(' '), run });
  const group = (title, define) => {
    scope.push(title);
    define();
    scope.pop();
  };
  script.runInThisContext()(require, table(add), table(group), expect);
  return tests;
}

const parsed = new Map();

function parseOnce(text) {
  if (!parsed.has(text)) parsed.set(text, parse(text));
  return structuredClone(parsed.get(text));
}

/** A replacement for Jest's `test` or `describe`, with `each`. */
function table(define) {
  const each = (rows) => (title, run) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      define(`${title} ${String(values[0])}`, () => run(...values));
    }
  };
  return Object.assign(define, { each });
}

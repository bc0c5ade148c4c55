import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { parseAllDocuments } from 'yaml';
import { root } from './support/configuration';

/** Packs the package, installs it beside its peers in an empty project, and runs the example there. */
function runExample(directory: string): void {
  const run = (program: string, args: string[], cwd = directory) =>
    execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('npm', ['pack', '--silent', '--pack-destination', directory], root);
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz')) ?? '';
  const installed = join(directory, 'node_modules', '@honeydue', 'infrastructure');
  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', tarball, '-C', installed, '--strip-components', '1']);
  for (const peer of ['cdk8s', 'cdk8s-plus-30', 'constructs', 'fastest-levenshtein', 'yaml']) {
    symlinkSync(join(root, 'node_modules', peer), join(directory, 'node_modules', peer));
  }
  const { code } = transformSync(readFileSync(join(root, 'examples', 'shop.ts'), 'utf8'), {
    loader: 'ts',
    format: 'cjs',
  });
  writeFileSync(join(directory, 'shop.js'), code);
  run(process.execPath, ['shop.js']);
}

describe('the package, installed elsewhere', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'package-'));
    runExample(directory);
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("runs the README's example in a plain cdk8s app", () => {
    const text = readFileSync(join(directory, 'dist', 'shop.k8s.yaml'), 'utf8');
    const objects = parseAllDocuments(text).map((document) => document.toJS());
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'ServiceAccount shop/cart',
      'Service shop/cart',
      'PodDisruptionBudget shop/cart-pdb',
      'Deployment shop/cart',
    ]);
  });

  test('brings its types, and nothing of the configuration', () => {
    const built = join(directory, 'node_modules', '@honeydue', 'infrastructure', 'build', 'package');
    expect(readdirSync(built).sort()).toEqual(['imports', 'lib']);
    expect(readdirSync(join(built, 'lib'))).toEqual(expect.arrayContaining(['index.js', 'index.d.ts']));
    expect(readdirSync(join(built, 'lib'))).not.toContain('config');
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
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
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import { parseAllDocuments } from 'yaml';
import { root } from './support/configuration';

function installed(directory: string): string {
  return join(directory, 'node_modules', '@honeydue', 'infrastructure');
}

/** Packs the package, installs it beside its peers in an empty project, and runs the example there. */
function runExample(directory: string): void {
  const run = (program: string, args: string[], cwd = directory) =>
    execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('npm', ['pack', '--silent', '--pack-destination', directory], root);
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(installed(directory), { recursive: true });
  run('tar', ['-xzf', tarball, '-C', installed(directory), '--strip-components', '1']);
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const peer of Object.keys({ ...dependencies, ...peerDependencies })) {
    mkdirSync(dirname(join(directory, 'node_modules', peer)), { recursive: true });
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

  test('brings its types', () => {
    const built = join(installed(directory), 'build', 'package', 'lib');
    expect(readdirSync(built)).toEqual(expect.arrayContaining(['index.js', 'index.d.ts']));
  });

  test('has constructs that load nothing of the configuration', () => {
    const loaded = "require('@honeydue/infrastructure'); console.log(Object.keys(require.cache).join('\\n'))";
    const files = execFileSync(process.execPath, ['-e', loaded], { cwd: directory, encoding: 'utf8' });
    expect(files).toContain('/lib/constructs/web-service.js');
    expect(files).not.toContain('/lib/deployment/config/');
  });

  test('has the command, which checks manifests where it is installed', () => {
    const command = join(installed(directory), 'bin', 'honeydue.mjs');
    const args = [command, 'check', '--format', 'json', 'dist/shop.k8s.yaml'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: directory,
      encoding: 'utf8',
    });
    expect([stderr, status]).toEqual(['', 1]);
    expect(JSON.parse(stdout)).toMatchObject({ objects: 4 });
  });
});

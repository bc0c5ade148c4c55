import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { parseAllDocuments } from 'yaml';
import { fixtures, root } from '../support/configuration';
import { installed, installPackage } from './installed-package';

/** Installs the package, and runs the example there. */
function runExample(directory: string): void {
  installPackage(directory);
  const { code } = transformSync(readFileSync(join(root, 'examples', 'shop.ts'), 'utf8'), {
    loader: 'ts',
    format: 'cjs',
  });
  writeFileSync(join(directory, 'shop.js'), code);
  execFileSync(process.execPath, ['shop.js'], { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
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
      'ConfigMap shop/shop-config',
      'PriorityClass undefined/shop-customers',
      'ServiceAccount shop/cart',
      'Service shop/cart',
      'PodDisruptionBudget shop/cart-pdb',
      'Deployment shop/cart',
      'ServiceAccount shop/web',
      'Service shop/web',
      'PodDisruptionBudget shop/web-pdb',
      'Deployment shop/web',
      'NetworkPolicy shop/allow-egress-from-web',
      'NetworkPolicy shop/allow-ingress-to-cart',
      'NetworkPolicy shop/allow-dns',
      'NetworkPolicy shop/default-deny',
    ]);
  });

  test('brings its types', () => {
    const built = join(installed(directory), 'build', 'package', 'lib');
    expect(readdirSync(built)).toEqual(expect.arrayContaining(['index.js', 'index.d.ts']));
  });

  /** Runs the command of the installed package. */
  function honeydue(...words: string[]) {
    const command = join(installed(directory), 'bin', 'honeydue.mjs');
    return spawnSync(process.execPath, [command, ...words], { cwd: directory, encoding: 'utf8' });
  }

  test('has the command, which checks manifests where it is installed', () => {
    const { status, stdout, stderr } = honeydue('check', '--format', 'json', 'dist/shop.k8s.yaml');
    expect([stderr, status]).toEqual(['', 0]);
    expect(JSON.parse(stdout)).toMatchObject({ objects: 14 });
  });

  test.each(['synth', 'check', 'flows', 'drill', 'report', 'impact'])('has the help of %s', (command) => {
    const { status, stdout, stderr } = honeydue(command, '--help');
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toContain(`Usage: honeydue ${command}`);
  });

  test('reads the flows of manifests, and compares two directories', () => {
    expect(honeydue('flows', 'dist/shop.k8s.yaml')).toMatchObject({ stderr: '', status: 0 });
    expect(honeydue('impact', '--base', 'dist', '--head', 'dist')).toMatchObject({ stderr: '', status: 0 });
  });

  test('drills and compares files', () => {
    const file = join('dist', 'shop.k8s.yaml');
    expect(honeydue('impact', '--base', file, '--head', file)).toMatchObject({ stderr: '', status: 0 });
    const nodes = ['--node-count', '3', '--node-cpu', '4', '--node-memory', '8Gi'];
    expect(honeydue('drill', file, ...nodes)).toMatchObject({ stderr: '', status: 0 });
  });

  test('names the package to install for the picture of a report, whose tables need none', () => {
    const file = join('dist', 'shop.k8s.yaml');
    const { status, stderr } = honeydue('report', file);
    expect([stderr, status]).toEqual([expect.stringContaining('Install the package: npm install elkjs.'), 2]);
    expect(honeydue('report', '--markdown', file)).toMatchObject({
      stderr: expect.not.stringContaining('elkjs'),
      status: 0,
    });
  });

  test('names the packages to install for a configuration with servers', () => {
    const { status, stderr } = honeydue('synth', '--config', join(fixtures, 'production.yaml'));
    expect([stderr, status]).toEqual([
      expect.stringMatching(/Install them: npm install cdktf @cdktf\/provider-cloudflare\n$/),
      2,
    ]);
  });
});

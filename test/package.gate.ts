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
import { fixtures, root } from './support/configuration';

function installed(directory: string): string {
  return join(directory, 'node_modules', '@honeydue', 'infrastructure');
}

/** What `npm install <tarball> cdk8s constructs` installs. */
function requiredPackages(): string[] {
  const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const required = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
  expect(required).toEqual(['cdk8s', 'constructs']);
  return [...Object.keys(dependencies), ...required];
}

/** Packs the package, installs it in an empty project with the peers that are not optional, and runs the example. */
function runExample(directory: string): void {
  const run = (program: string, args: string[], cwd = directory) =>
    execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('npm', ['pack', '--silent', '--pack-destination', directory], root);
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(installed(directory), { recursive: true });
  run('tar', ['-xzf', tarball, '-C', installed(directory), '--strip-components', '1']);
  for (const peer of requiredPackages()) {
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

  test('has constructs that load nothing of the configuration', () => {
    const loaded = "require('@honeydue/infrastructure'); console.log(Object.keys(require.cache).join('\\n'))";
    const files = execFileSync(process.execPath, ['-e', loaded], { cwd: directory, encoding: 'utf8' });
    expect(files).toContain('/lib/constructs/web-service.js');
    expect(files).not.toContain('/lib/deployment/config/');
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

  test.each(['synth', 'check', 'flows', 'drill', 'impact'])('has the help of %s', (command) => {
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

  test('names the packages to install for a configuration with servers', () => {
    const { status, stderr } = honeydue('synth', '--config', join(fixtures, 'production.yaml'));
    expect([stderr, status]).toEqual([
      expect.stringMatching(/Install them: npm install cdktf @cdktf\/provider-cloudflare\n$/),
      2,
    ]);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fixtures, root } from '../support/configuration';
import { installPackage } from './installed-package';

/** The project that `cdk8s init typescript-app` makes. */
const template = join(root, 'node_modules', 'cdk8s-cli', 'templates', 'typescript-app');

const app = `import { HoneydueWebService } from '@honeydue/infrastructure/constructs';
import { check, flows, readManifests } from '@honeydue/infrastructure/analysis';
import { nodeSetup } from '@honeydue/infrastructure/nodes';
import { honeydue } from '@honeydue/infrastructure/cli';
import { rules } from '@honeydue/infrastructure';
import { App, Chart } from 'cdk8s';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
new HoneydueWebService(chart, 'cart', {
  image: 'registry.example.com/shop/cart:v2',
  resources: { cpu: { request: '100m', limit: '1' }, memory: { request: '64Mi', limit: '128Mi' } },
  port: 8080,
  replicas: 3,
  minAvailable: 2,
  probes: { startup: { path: '/up' }, readiness: { path: '/ready' } },
});
app.synth();

export const used = [check, flows, readManifests, nodeSetup, honeydue, rules];
`;

const compilers = { 'TypeScript 5.9': 'typescript-5.9', 'TypeScript 6': 'typescript' } as const;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'consumers-'));
  installPackage(directory);
  link('@types/node', 'undici-types');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Installs packages as links to those of the repository. */
function link(...packages: string[]): void {
  for (const name of packages) {
    mkdirSync(dirname(join(directory, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(directory, 'node_modules', name));
  }
}

/** Compiles the app in a folder of its own, and says what the compiler prints. */
function compile(compiler: string, name: string, prepare: (folder: string) => string[]): string {
  const folder = join(directory, `${name}-${compiler}`);
  mkdirSync(folder);
  const args = prepare(folder);
  const tsc = join(root, 'node_modules', compiler, 'bin', 'tsc');
  return spawnSync(process.execPath, [tsc, ...args], { cwd: folder, encoding: 'utf8' }).stdout;
}

describe.each(Object.entries(compilers))('with %s', (_, compiler) => {
  const isOld = compiler === 'typescript-5.9';

  test('the app of cdk8s init compiles with its own settings, and runs', () => {
    const printed = compile(compiler, 'stock', (folder) => {
      copyFileSync(join(template, 'tsconfig.json'), join(folder, 'tsconfig.json'));
      writeFileSync(join(folder, 'main.ts'), app);
      // TypeScript 6 calls the template's way of finding modules deprecated.
      return [
        '--types',
        'node',
        ...(isOld ? [] : ['--ignoreDeprecations', '6.0', '--moduleResolution', 'node10', '--rootDir', '.']),
      ];
    });
    expect(printed).toBe('');
    const folder = join(directory, `stock-${compiler}`);
    execFileSync(process.execPath, ['main.js'], { cwd: folder });
    expect(readFileSync(join(folder, 'dist', 'shop.k8s.yaml'), 'utf8')).toContain('kind: Deployment');
  });

  test('an app of ES modules compiles, and runs', () => {
    const printed = compile(compiler, 'module', (folder) => {
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      writeFileSync(join(folder, 'main.ts'), app);
      return ['--module', 'nodenext', '--target', 'es2022', '--strict', '--types', 'node', 'main.ts'];
    });
    expect(printed).toBe('');
    const folder = join(directory, `module-${compiler}`);
    execFileSync(process.execPath, ['main.js'], { cwd: folder });
    expect(readFileSync(join(folder, 'dist', 'shop.k8s.yaml'), 'utf8')).toContain('kind: Deployment');
  });
});

/** Runs a script in the project, and reads what it prints as JSON. */
function inProject(script: string): unknown {
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: directory, encoding: 'utf8' }));
}

describe('the constructs', () => {
  test('load no package that cdk8s does not load, except two', () => {
    const packages = inProject(`
      const load = (name) => { require(name); return new Set(Object.keys(require.cache)); };
      load('constructs');
      const before = load('cdk8s');
      const more = [...load('@honeydue/infrastructure/constructs')].filter((file) => !before.has(file));
      const nameOf = (file) => /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1];
      console.log(JSON.stringify([...new Set(more.map(nameOf))].sort()));
    `);
    expect(packages).toEqual(['@honeydue/infrastructure', 'cdk8s-plus-30', 'fastest-levenshtein']);
  });

  test('take little longer to load than cdk8s and the kinds of Kubernetes', () => {
    const milliseconds = inProject(`
      for (const name of ['constructs', 'cdk8s', 'cdk8s-plus-30/lib/imports/k8s']) require(name);
      const started = process.cpuUsage();
      require('@honeydue/infrastructure/constructs');
      const { user, system } = process.cpuUsage(started);
      console.log((user + system) / 1000);
    `);
    // 25 ms where nothing else runs.
    expect(milliseconds).toBeLessThan(250);
  });

  test('are the same in every part of the package', () => {
    expect(
      inProject(
        "console.log(require('@honeydue/infrastructure').RateLimit === require('@honeydue/infrastructure/constructs').RateLimit)",
      ),
    ).toBe(true);
  });

  test('are the only way in: a path inside of the package is not exported', () => {
    const script = "require('@honeydue/infrastructure/build/package/lib/index.js')";
    const { stderr } = spawnSync(process.execPath, ['-e', script], { cwd: directory, encoding: 'utf8' });
    expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

test('with the optional peers, a configuration with servers is synthesized', () => {
  link('cdktf', '@cdktf/provider-cloudflare');
  const command = join(directory, 'node_modules', '@honeydue', 'infrastructure', 'bin', 'honeydue.mjs');
  const args = [command, 'synth', '--config', join(fixtures, 'production.yaml')];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
  expect([stderr, status]).toEqual(['', 0]);
});

test('the tarball has the API reference, with every construct', () => {
  const reference = join(
    directory,
    'node_modules',
    '@honeydue',
    'infrastructure',
    'docs',
    'api',
    'constructs.md',
  );
  const text = readFileSync(reference, 'utf8');
  for (const name of ['HoneydueWebService', 'HostIngress', 'NetworkPolicies', 'PinnedRedis'])
    expect(text).toContain(`### ${name}\n`);
});

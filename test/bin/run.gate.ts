import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const project = join(__dirname, '..', '..');

/** A repository of its own, and with it a cache: `bin/`, esbuild, and what a test writes. */
let repository: string;
let cache: string;
beforeEach(() => {
  repository = realpathSync(mkdtempSync(join(tmpdir(), 'run-')));
  cache = join(repository, 'node_modules', '.cache', 'honeydue');
  cpSync(join(project, 'bin'), join(repository, 'bin'), { recursive: true });
  mkdirSync(join(repository, 'node_modules'));
  writeFileSync(join(repository, 'package.json'), '{}');
  symlinkSync(join(project, 'node_modules', 'esbuild'), join(repository, 'node_modules', 'esbuild'));
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));

function write(sources: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
}

function run(args: readonly string[] = ['main.ts'], cwd = repository, env: NodeJS.ProcessEnv = {}) {
  const options = { cwd, env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, 'bin', 'run.mjs'), ...args],
    options,
  );
  return { status, stdout, stderr };
}

const greeting = {
  'main.ts': `import { name } from './lib/name';\nconst text: string = 'hello ' + name;\nprocess.stdout.write(text);\n`,
  'lib/name.ts': `export const name = 'ann';\n`,
};
const greets = (name: string) => ({ status: 0, stdout: `hello ${name}`, stderr: '' });

test('an edit of an imported file is seen in the next run', () => {
  write(greeting);
  expect(run()).toEqual(greets('ann'));
  write({ 'lib/name.ts': `export const name = 'bob';\n` });
  expect(run()).toEqual(greets('bob'));
});

test('a file that takes the place of a directory is seen in the next run', () => {
  write({ 'main.ts': greeting['main.ts'], 'lib/name/index.ts': greeting['lib/name.ts'] });
  expect(run()).toEqual(greets('ann'));
  write({ 'lib/name.ts': `export const name = 'bob';\n` });
  expect(run()).toEqual(greets('bob'));
});

test('a syntax error names file and line, and nothing of the launcher', () => {
  write({ ...greeting, 'lib/name.ts': `export const name = 'ann';\nexport const = 1;\n` });
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain('lib/name.ts:2:13');
  expect(stderr).not.toMatch(/bin\/|\n {4}at /);
});

test.each([
  ['cut off', (file: string) => truncateSync(file, 100)],
  ['overwritten', (file: string) => writeFileSync(file, 'x'.repeat(5000))],
  ['removed', (file: string) => rmSync(file)],
])('a cache whose files are %s is written again', (_, damage) => {
  write(greeting);
  run();
  const files = readdirSync(cache).filter((name) => name !== 'v8');
  expect(files).toEqual([
    'main.ts.cjs',
    'main.ts.cjs.json',
    'main.ts.cjs.map',
    'main.ts.vendor.cjs',
    'main.ts.vendor.cjs.json',
  ]);
  for (const file of files) damage(join(cache, file));
  expect(run()).toEqual(greets('ann'));
});

test('a cache that cannot be written is one line that says so', () => {
  write({ ...greeting, 'node_modules/.cache': 'a file' });
  expect(run()).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^bin\/run\.mjs: .*\.cache.*\n$/),
  });
});

test('arguments, working directory and exit code are those of the app', () => {
  write({
    'app/main.ts':
      'process.stdout.write(JSON.stringify([process.argv, process.cwd()]));\nprocess.exitCode = 7;\n',
  });
  const elsewhere = join(repository, 'bin');
  const { status, stdout } = run(['app/main.ts', '--strict', 'a b'], elsewhere);
  expect(JSON.parse(stdout)).toEqual([
    [process.execPath, join(repository, 'app', 'main.ts'), '--strict', 'a b'],
    elsewhere,
  ]);
  expect(status).toBe(7);
});

test('the stack of an uncaught error names the source where Node reads source maps', () => {
  write({
    'main.ts': `import { fail } from './lib/fail';\n\nfail();\n`,
    'lib/fail.ts': `interface Unused {}\n\nexport function fail() {\n  throw new RangeError('too far');\n}\n`,
  });
  expect(run().stderr).toContain('NODE_OPTIONS=--enable-source-maps shows the lines of the sources.\n');
  const { status, stderr } = run(['main.ts'], repository, { NODE_OPTIONS: '--enable-source-maps' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/RangeError: too far\n {4}at fail \(.*\blib\/fail\.ts:4:9\)/);
  expect(stderr).toMatch(/\bmain\.ts:3:1\)/);
});

describe('a package', () => {
  const shape = {
    'package.json': JSON.stringify({ dependencies: { shape: '1.0.0' } }),
    'node_modules/shape/index.js': [
      `exports.__esModule = true;`,
      `class Shape { static is(x) { return x instanceof Shape; } }`,
      `exports.Shape = Shape;`,
      `exports.directory = __dirname;`,
    ].join('\n'),
  };

  test('is one for all files', () => {
    write({
      ...shape,
      'main.ts': `import * as shape from 'shape';\nimport { other } from './other';\n
        import('shape').then((later) => process.stdout.write(String(shape.Shape === other && shape.Shape === later.Shape)));\n`,
      'other.ts': `import * as shape from 'shape';\nexport const other = shape.Shape;\n`,
    });
    expect(run().stdout).toBe('true');
  });

  test('that is a development tool is loaded from its own directory', () => {
    write({
      ...shape,
      'package.json': '{}',
      'main.ts': `import { directory } from 'shape';\nprocess.stdout.write(directory);\n`,
    });
    expect(run().stdout).toBe(join(repository, 'node_modules', 'shape'));
  });
});

test.each([
  ['an entry that is not there', ['gone.ts'], 2, /^bin\/run\.mjs: no such file: .*gone\.ts\n$/],
  ['no entry', [], 2, /^usage: .*\n$/],
])('%s is one line and an exit code', (_, args, status, message) => {
  expect(run(args)).toEqual({ status, stdout: '', stderr: expect.stringMatching(message) });
});

test('packages that are not installed are one line that says what to do', () => {
  write(greeting);
  rmSync(join(repository, 'node_modules'), { recursive: true });
  expect(run()).toEqual({
    status: 1,
    stdout: '',
    stderr: 'bin/run.mjs: esbuild is not installed: run npm ci\n',
  });
});

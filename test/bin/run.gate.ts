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
  symlinkSync(join(project, 'node_modules', 'esbuild'), join(repository, 'node_modules', 'esbuild'));
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));

function write(sources: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
}

function run(args: readonly string[] = ['main.ts'], cwd = repository) {
  // jest's own loader is not the launcher's.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const options = { cwd, env, encoding: 'utf8' } as const;
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
])('a cache whose files are %s is survived', (_, damage) => {
  write(greeting);
  run();
  const files = readdirSync(cache);
  expect(files).toHaveLength(5);
  for (const file of files) damage(join(cache, file));
  expect(run()).toEqual(greets('ann'));
});

test('a cache that cannot be written is done without', () => {
  write({ ...greeting, 'node_modules/.cache': 'a file' });
  expect(run()).toEqual(greets('ann'));
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

test('the stack of an uncaught error names the source', () => {
  write({
    'main.ts': `import { fail } from './lib/fail';\n\nfail();\n`,
    'lib/fail.ts': `interface Unused {}\n\nexport function fail() {\n  throw new RangeError('too far');\n}\n`,
  });
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain(`RangeError: too far\n    at fail (${join(repository, 'lib', 'fail.ts')}:4:9)`);
  expect(stderr).toContain(`${join(repository, 'main.ts')}:3:1)`);
});

describe('a package', () => {
  const shape = {
    'node_modules/shape/index.js': [
      `exports.__esModule = true;`,
      `class Shape { static is(x) { return x instanceof Shape; } }`,
      `exports.Shape = Shape;`,
      `exports.directory = __dirname;`,
    ].join('\n'),
  };

  test('is one for all files, and is not copied for each', () => {
    write({
      ...shape,
      'main.ts': `import * as shape from 'shape';\nimport { other } from './other';\n
        import('shape').then((later) => process.stdout.write(String(shape === other && shape === later)));\n`,
      'other.ts': `import * as shape from 'shape';\nexport const other = shape;\n`,
    });
    expect(run().stdout).toBe('true');
  });

  test('keeps the names of its classes and its directory', () => {
    write({
      ...shape,
      'main.ts': `import { directory, Shape } from 'shape';\nprocess.stdout.write(Shape.name + ' ' + directory);\n`,
    });
    expect(run().stdout).toBe(`Shape ${join(repository, 'node_modules', 'shape')}`);
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

test('what a run compiled that ended early is not kept for those that go on', () => {
  write({ 'main.ts': 'process.exitCode = 1;\n' });
  run(['main.ts', 'early']);
  expect(readdirSync(cache).filter((name) => name.endsWith('.v8'))).toEqual([]);
});

test('each command keeps what it compiled, and its help keeps nothing in its name', () => {
  write({ 'main.ts': 'process.stdout.write(process.argv.slice(2).join());\n' });
  for (const words of [['one'], ['two', '--help']]) run(['main.ts', ...words]);
  const kept = readdirSync(cache).filter((name) => name.endsWith('.v8') && name.includes('-app-'));
  expect(kept.map((name) => name.split('.').at(-2)).sort()).toEqual(['any', 'one']);
});

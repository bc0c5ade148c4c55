import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../support/configuration';

/** A command that takes as long as its argument says, in milliseconds, and prints one line. */
const source = `
import { processSurroundings } from '${join(root, 'lib', 'cli', 'process')}';
const { stdout, progress } = processSurroundings('.');
progress?.step('Counting sheep');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(process.argv[2]));
stdout('done\\n');
`;

const clearLine = '\r\u001b[2K';
const directory = mkdtempSync(join(tmpdir(), 'progress-'));
const entry = join(directory, 'sheep.ts');
beforeAll(() => {
  writeFileSync(entry, source);
  expect(onPipes(0)).toEqual({ stdout: 'done\n', stderr: '' });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const words = (milliseconds: number) => [
  join(root, 'bin', 'run.mjs'),
  relative(root, entry),
  `${milliseconds}`,
];
const environment = (more: NodeJS.ProcessEnv) => ({ PATH: process.env['PATH'], TERM: 'xterm', ...more });

function onPipes(milliseconds: number) {
  const { stdout, stderr } = spawnSync(process.execPath, words(milliseconds), {
    encoding: 'utf8',
    env: environment({}),
  });
  return { stdout, stderr };
}

/** Everything that a terminal of 80 columns gets. The `script` of macOS has other arguments. */
function onTerminal(milliseconds: number, more: NodeJS.ProcessEnv = {}): string {
  const command = [process.execPath, ...words(milliseconds)].join(' ');
  return spawnSync('script', ['--quiet', '--command', command, '/dev/null'], {
    encoding: 'utf8',
    env: environment(more),
  }).stdout;
}

const terminalTest = process.platform === 'linux' ? test : test.skip;

describe('a command that takes longer than a second', () => {
  terminalTest('shows its step on a terminal, and clears the line before its result', () => {
    expect(onTerminal(2500)).toBe(`${clearLine}Counting sheep${clearLine}done\r\n`);
  });

  terminalTest('shows nothing in CI', () => {
    expect(onTerminal(2500, { CI: 'true' })).toBe('done\r\n');
  });

  test('shows nothing in a pipe', () => {
    expect(onPipes(2500)).toEqual({ stdout: 'done\n', stderr: '' });
  });
});

terminalTest('a fast command shows no step', () => {
  expect(onTerminal(0)).toBe('done\r\n');
});

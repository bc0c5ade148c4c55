import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/command';
import { fixtures, root, withDirectory } from '../support/configuration';

const secrets = namesIn(run('secrets', '--help').stdout).map((name) => `secrets ${name}`);
const commands = [...namesIn(run('--help').stdout).filter((name) => name !== 'secrets'), ...secrets];
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const config = ['--config', join(fixtures, 'production.yaml')];

const required: Readonly<Record<string, readonly string[]>> = {
  impact: ['--base', 'main'],
  upgrade: ['--to', 'v1.35.9+k3s1'],
};

/** The commands that a help text lists. */
function namesIn(help: string): string[] {
  return [...help.matchAll(/^ {2}(?!help)([a-z]+) /gm)].map(([, name = '']) => name);
}

test('there are commands', () => {
  expect(commands).toEqual(
    expect.arrayContaining(['synth', 'unresolved', 'settle', 'check', 'secrets check']),
  );
});

describe.each(commands)('honeydue %s', (command) => {
  test.each(['--format', '--quiet', '--verbose', '--version'])('has %s', (option) => {
    expect(run(...command.split(' '), '--help').stdout).toContain(`  ${option} `);
  });

  test('prints the version of the package', () => {
    expect(run(...command.split(' '), '--version')).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  test('is either quiet or verbose', () => {
    const { status, stderr } = run(
      ...command.split(' '),
      ...(required[command] ?? []),
      '--quiet',
      '--verbose',
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
  });

  test('has no option that --format or --verbose replaced', () => {
    expect(run(...command.split(' '), '--help').stdout).not.toMatch(/^ {2}--(json|all) +print/m);
  });
});

test.each([
  ['check', config],
  ['flows', config],
  ['drill', config],
  ['unresolved', config],
])('%s --quiet prints nothing', (command, args) => {
  expect(run(command, ...args, '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('settle --quiet prints nothing', () => {
  withDirectory((out) => {
    expect(run('settle', '--out', out, '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

test('honeydue --version prints the version', () => {
  expect(run('--version').stdout).toBe(`${version}\n`);
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, withDirectory } from './configuration';

const lib = {
  'lib/data.ts': `
    process.stderr.write('loaded data\\n');
    export const list = [{ of: ['data'] }];
    export const map = new Map([['key', { of: 'data' }]]);
    export const late = async () => (await import('./late')).late;
  `,
  'lib/late.ts': "process.stderr.write('loaded late\\n');\nexport const late = 'late';\n",
};

/** It looks for what another suite may have left, and leaves the same. */
const leaving = `
  import { late, list, map } from '../lib/data';
  test('nothing is left by another suite', () => {
    expect([globalThis.left, process.env.LEFT, expect(1).toBeLeft]).toEqual([undefined, undefined, undefined]);
    expect(setTimeout.clock).toBeUndefined();
    Object.assign(globalThis, { left: true });
    process.env.LEFT = 'left';
    expect.extend({ toBeLeft: () => ({ pass: true, message: () => '' }) });
    jest.useFakeTimers();
  });
  test('nothing that is shared can change', () => {
    expect(() => list.push({ of: [] })).toThrow(TypeError);
    expect(() => list[0].of.push('suite')).toThrow(TypeError);
    expect(() => map.set('key', { of: 'suite' })).toThrow('Suites share this');
    expect(() => { map.get('key').of = 'suite'; }).toThrow(TypeError);
  });
  test('what is shared can load more', async () => {
    expect(await late()).toBe('late');
  });
`;

/** How the suites of a project end that has this one's runtime, and which of its modules were evaluated. */
function run(suites: Record<string, string>, ...options: string[]) {
  return withDirectory((directory) => {
    const config = `
      import base from '${join(root, 'jest.config.mjs')}';
      const ours = JSON.parse(JSON.stringify(base).replaceAll('<rootDir>', '${root}'));
      export default { ...ours, rootDir: '${directory}', testMatch: ['<rootDir>/test/*.ts'] };
    `;
    for (const name of ['lib', 'test']) mkdirSync(join(directory, name));
    for (const [path, text] of Object.entries({ ...lib, ...suites, 'jest.config.mjs': config })) {
      writeFileSync(join(directory, path), text);
    }
    const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const { stderr } = spawnSync(process.execPath, [jest, '--runInBand', ...options], {
      cwd: directory,
      encoding: 'utf8',
    });
    return {
      tests: /^Tests: +(.*)$/m.exec(stderr)?.[1] ?? stderr,
      loaded: Array.from(stderr.matchAll(/\bloaded (\w+)/g), ([, name]) => name),
    };
  });
}

describe('the suites of one worker', () => {
  const twins = { 'test/one.ts': leaving, 'test/other.ts': leaving };

  test('share the modules of lib, and nothing that one of them does', () => {
    expect(run(twins)).toEqual({ tests: '6 passed, 6 total', loaded: ['data', 'late'] });
  });

  test('share nothing where each counts for itself', () => {
    const { tests, loaded } = run(twins, '--coverage', '--coverageReporters=none');
    expect([tests, loaded.length]).toEqual(['6 passed, 6 total', 4]);
  });

  test('share nothing with one that has a realm of its own', () => {
    const own = `/** @jest-environment node */${leaving}`;
    const { tests, loaded } = run({ 'test/one.ts': own, 'test/other.ts': leaving });
    expect([tests, loaded.length]).toEqual(['6 passed, 6 total', 4]);
  });
});

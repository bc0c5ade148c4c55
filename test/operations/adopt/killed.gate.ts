import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/configuration';
import { apiOf, podOf, runningObjects } from './running-objects';
import { type AdoptCase, withAdoptCase } from './stand-in-cluster';

const objects = runningObjects();
const everything = {
  api: apiOf(objects, [podOf('redis', 'redis-1', { user: { linux: { uid: 999 } } })]),
};
const files = ['production.yaml', 'images.lock.yaml', 'production.cluster.lock.yaml'];
const textsOf = ({ text }: AdoptCase) => files.map(text);

/** Ends the process before the nth step by which a file in its directory is replaced: a write, or a rename. */
const killer = `
const fs = require('node:fs');
let steps = Number(process.env.KILL_AT);
for (const name of ['writeFileSync', 'renameSync']) {
  const own = fs[name];
  fs[name] = (path, ...rest) => {
    if (String(path).startsWith(__dirname) && String(path).endsWith('.tmp') && steps-- === 0) process.kill(process.pid, 'SIGKILL');
    return own(path, ...rest);
  };
}
`;

/** A process of its own; SIGKILL ends it at a step, or after some milliseconds. */
async function runAdopt(
  { config, directory }: AdoptCase,
  at: { step?: number; after?: number },
): Promise<void> {
  writeFileSync(join(directory, 'killer.cjs'), killer);
  const preload = at.step === undefined ? [] : ['--require', join(directory, 'killer.cjs')];
  const program = join(root, 'bin', 'honeydue.mjs');
  const child = spawn(process.execPath, [...preload, program, 'adopt', '--yes', '--config', config], {
    stdio: 'ignore',
    env: { ...process.env, KILL_AT: String(at.step) },
  });
  const ended = once(child, 'exit');
  if (at.after !== undefined) setTimeout(() => child.kill('SIGKILL'), at.after);
  await ended;
}

/** The files before a run, and after one that nothing ends. */
async function wholeRun(): Promise<{ before: string[]; after: string[]; took: number }> {
  let result = { before: [''], after: [''], took: 0 };
  await withAdoptCase(everything, async (each) => {
    const before = textsOf(each);
    const started = Date.now();
    await runAdopt(each, {});
    const took = Date.now() - started;
    result = { before, took, after: textsOf(each).map((text) => text.replaceAll(each.directory, '')) };
  });
  return result;
}

async function killed(
  at: { step?: number; after?: number },
  { before, after }: { before: string[]; after: string[] },
) {
  await withAdoptCase(everything, async (each) => {
    await runAdopt(each, at);
    for (const [index, text] of textsOf(each).entries())
      expect([before[index], after[index]]).toContain(text);
    await runAdopt(each, {});
    expect(textsOf(each)).toEqual(after);
    expect(readdirSync(each.directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
}

describe('adopt that is killed leaves each file whole, and a second run finishes it', () => {
  let whole: Awaited<ReturnType<typeof wholeRun>>;

  beforeAll(async () => {
    whole = await wholeRun();
  }, 120_000);

  test('the whole run changes every file', () => {
    for (const [index, text] of whole.after.entries()) expect(text).not.toBe(whole.before[index]);
  });

  test.each([0, 1, 2, 3, 4, 5])(
    'before step %i of the replacement',
    (step) => killed({ step }, whole),
    120_000,
  );

  test('at random moments', async () => {
    for (let round = 0; round < 5; round += 1)
      await killed({ after: Math.floor(whole.took * Math.random()) }, whole);
  }, 240_000);
});

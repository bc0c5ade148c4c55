import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/configuration';

/**
 * Ends the process at the nth step that changes a file in the directory: in the middle of a write, or before a file is renamed or
 * removed.
 */
const killer = `
const fs = require('node:fs');
const kill = () => process.kill(process.pid, 'SIGKILL');
let steps = Number(process.env.KILL_AT);
const isStep = (path) => String(path).startsWith(__dirname) && steps-- === 0;
const { writeFileSync } = fs;
fs.writeFileSync = (path, data, ...rest) => {
  if (!isStep(path)) return writeFileSync(path, data, ...rest);
  writeFileSync(path, String(data).slice(0, String(data).length / 2), ...rest);
  kill();
};
for (const name of ['renameSync', 'unlinkSync', 'rmSync']) {
  const own = fs[name];
  fs[name] = (path, ...rest) => (isStep(path) ? kill() : own(path, ...rest));
}
`;

/**
 * Runs `honeydue` as a process of its own, and ends it by SIGKILL at a step that changes a file in a directory.
 *
 * @returns whether it had so many steps, and was killed
 */
async function isKilled(directory: string, step: number, words: readonly string[]): Promise<boolean> {
  const hook = join(directory, 'killer.cjs');
  writeFileSync(hook, killer);
  const program = [join(root, 'bin', 'honeydue.mjs'), ...words];
  const env = { ...process.env, KILL_AT: String(step) };
  const child = spawn(process.execPath, ['--require', hook, ...program], { stdio: 'ignore', env });
  const [status, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal === null && status !== 0) throw new Error(`${words.join(' ')} ended with ${status}`);
  return signal === 'SIGKILL';
}

export interface KilledRuns {
  readonly directory: string;
  /** The command that is killed. */
  readonly words: readonly string[];
  /** Brings the files to the state before the command. */
  readonly prepare: () => unknown;
  /** Looks at the files after a killed run. */
  readonly check: () => unknown;
  /** Runs the command again, without an end, and looks at the files. */
  readonly finish: () => unknown;
}

/** Kills a command at each of its steps in turn, and returns their number. */
export async function killAtEachStep({
  directory,
  words,
  prepare,
  check,
  finish,
}: KilledRuns): Promise<number> {
  for (let step = 0; ; step += 1) {
    await prepare();
    if (!(await isKilled(directory, step, words))) return step;
    await check();
    await finish();
    expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
}

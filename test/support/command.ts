import { honeydue, honeydueLive } from '../../lib/cli/honeydue';
import type { Surroundings } from '../../lib/cli/run';
import { versionAbove } from '../../lib/input/version';
import { root } from './configuration';

/** What a command did. */
export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs something as a command would, without a process of its own, and keeps what it prints. */
export function running(act: (surroundings: Surroundings) => number, columns?: number): Run {
  const { surroundings, printed } = recording(columns);
  const status = act(surroundings);
  return { status, ...printed() };
}

/** Surroundings that keep what is printed. */
function recording(columns?: number, directory = root) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const surroundings: Surroundings = {
    root: directory,
    columns,
    version: () => versionAbove(root),
    stdout: (text) => stdout.push(text),
    stderr: (text) => stderr.push(text),
  };
  return { surroundings, printed: () => ({ stdout: stdout.join(''), stderr: stderr.join('') }) };
}

/** `npx honeydue …` */
export function run(...args: string[]): Run {
  return running((surroundings) => honeydue(args, surroundings));
}

/** `npx honeydue …`, for a command that waits for a server. */
export function runLive(...args: string[]): Promise<Run> {
  return runLiveIn(root, ...args);
}

/** The same in another project. */
export async function runLiveIn(directory: string, ...args: string[]): Promise<Run> {
  const { surroundings, printed } = recording(undefined, directory);
  const status = await honeydueLive(args, surroundings);
  return { status, ...printed() };
}

import { versionAbove } from '../input/version';
import { noProgress, terminalProgress } from './progress';
import { exitCodes, type Surroundings } from './run';

/**
 * The surroundings of a command that runs as this process.
 *
 * @param home a directory of the package
 */
export function processSurroundings(root: string, home = root): Surroundings {
  // A reader may close the pipe early: `honeydue flows | head` is not an error.
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    if (process.exitCode !== exitCodes.failed) {
      process.stderr.write(`Standard output can't be written: ${message}. The output is incomplete.\n`);
    }
    process.exitCode = exitCodes.failed;
  });
  // Node exits with 1 after an exception, but in this program 1 means findings.
  process.once('uncaughtExceptionMonitor', () => {
    process.once('exit', () => {
      process.exitCode = exitCodes.failed;
    });
  });
  const progress = showsProgress() ? terminalProgress(process.stderr.columns || undefined) : noProgress;
  return {
    root,
    progress,
    columns: process.stdout.columns,
    // https://no-color.org: any value but an empty one disables colours.
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    version: () => versionAbove(home),
    ask: process.stdin.isTTY && process.stdout.isTTY ? ask : undefined,
    stdout: (text) => {
      progress.clear();
      process.stdout.write(text);
    },
    stderr: (text) => {
      progress.clear();
      process.stderr.write(text);
    },
  };
}

/** CI systems set CI; some of them have a terminal. */
function showsProgress(): boolean {
  return process.stderr.isTTY === true && !process.env['CI'] && process.env['TERM'] !== 'dumb';
}

async function ask(question: string, signal?: AbortSignal): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question, { ...(signal && { signal }) });
  } catch (error) {
    // After Control-C, and after an interrupt of the operation, the answer is empty.
    if ((error as Error).name === 'AbortError') return '';
    throw error;
  } finally {
    terminal.close();
  }
}

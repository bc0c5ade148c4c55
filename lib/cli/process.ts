import { versionAbove } from '../input/version';
import { noProgress, terminalProgress } from './progress';
import { exitCodes, type Surroundings } from './run';

/**
 * This process as a command's surroundings.
 *
 * @param home a directory of the package
 */
export function processSurroundings(root: string, home = root): Surroundings {
  // Whoever reads the output may have seen enough: `honeydue flows | head` is no error.
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    if (process.exitCode !== exitCodes.failed) {
      process.stderr.write(
        `Standard output can't be written: ${message}. Not all that was to be said was said.\n`,
      );
    }
    process.exitCode = exitCodes.failed;
  });
  // Node's own code for it is that of findings.
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
    // https://no-color.org: set to anything but nothing, it means no.
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    version: () => versionAbove(home),
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

import { versionAbove } from '../input/version';
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
  return {
    root,
    columns: process.stdout.columns,
    // https://no-color.org: set to anything but nothing, it means no.
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    version: () => versionAbove(home),
    ask: process.stdin.isTTY && process.stdout.isTTY ? ask : undefined,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  };
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

import type { Surroundings } from './run';

/** This process as a command's surroundings. */
export function processSurroundings(root: string): Surroundings {
  // Whoever reads the output may have seen enough: `honeydue flows | head` is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    root,
    columns: process.stdout.columns,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  };
}

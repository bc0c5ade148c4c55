import { join } from 'node:path';
import { honeydueWaiting } from './lib/cli/honeydue';
import { processSurroundings } from './lib/cli/process';

/** In a clone the configuration lies beside this file; whoever installed the package has it where they are. */
const root = __dirname.endsWith(join('build', 'package')) ? process.cwd() : __dirname;
void honeydueWaiting(process.argv.slice(2), processSurroundings(root, __dirname)).then((code) => {
  // What failed while it was printed has set a code already.
  process.exitCode ||= code;
});

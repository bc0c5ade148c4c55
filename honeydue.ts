import { join } from 'node:path';
import { honeydueLive } from './lib/cli/honeydue';
import { processSurroundings } from './lib/cli/process';

/** In a clone the configuration lies beside this file; whoever installed the package has it where they are. */
const root = __dirname.endsWith(join('build', 'package')) ? process.cwd() : __dirname;
void honeydueLive(process.argv.slice(2), processSurroundings(root, __dirname)).then((exitCode) => {
  process.exitCode = exitCode;
});

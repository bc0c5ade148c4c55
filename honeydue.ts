import { join } from 'node:path';
import { honeydueLive } from './lib/cli/honeydue';
import { processSurroundings } from './lib/cli/process';

/**
 * In a clone, the configuration is in the directory of this file. With the installed package, it is in the working
 * directory.
 */
const root = __dirname.endsWith(join('build', 'package')) ? process.cwd() : __dirname;
void honeydueLive(process.argv.slice(2), processSurroundings(root, __dirname)).then((exitCode) => {
  process.exitCode = exitCode;
});

import { honeydue } from './lib/cli/honeydue';
import { processSurroundings } from './lib/cli/process';

process.exitCode = honeydue(process.argv.slice(2), processSurroundings(__dirname));

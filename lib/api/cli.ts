/** The command-line interface, for programs that call it: `@honeydue/infrastructure/cli`. */

export { honeydue } from '../cli/honeydue';
export { processSurroundings } from '../cli/process';
export { exitCodes, type Surroundings } from '../cli/run';

/** The commands, for a program that runs them: `@honeydue/infrastructure/cli`. */

export { honeydue } from '../cli/honeydue';
export { processSurroundings } from '../cli/process';
export { exitCodes, type Surroundings } from '../cli/run';

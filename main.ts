import { processSurroundings } from './lib/cli/process';
import { runCommand } from './lib/cli/run';
import { synthCommand } from './lib/cli/synth';

/** The cdk8s app. `npm run synth` and `npx cdk8s synth` both run it; cdk8s.yaml hands on the latter's directory. */
const surroundings = processSurroundings(__dirname);
process.exitCode = runCommand(synthCommand(surroundings), process.argv.slice(2), surroundings);

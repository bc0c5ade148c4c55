import { processSurroundings } from './lib/cli/process';
import { runCommand } from './lib/cli/run';
import { synthCommand } from './lib/cli/synth';

/** The cdk8s app: the Kubernetes side alone, for `npx cdk8s synth`, whose directory cdk8s.yaml hands on. */
const surroundings = processSurroundings(__dirname);
process.exitCode = runCommand(
  synthCommand(surroundings, ['kubernetes']),
  process.argv.slice(2),
  surroundings,
);

import { processSurroundings } from './lib/cli/process';
import { runCommand } from './lib/cli/run';
import { synthCommand } from './lib/cli/synth';

/** The cdk8s app: only the Kubernetes output, for `npx cdk8s synth`. cdk8s.yaml passes the output directory on. */
const surroundings = processSurroundings(__dirname);
process.exitCode = runCommand(
  synthCommand(surroundings, ['kubernetes']),
  process.argv.slice(2),
  surroundings,
);

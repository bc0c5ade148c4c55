import { processSurroundings } from './lib/cli/process';
import { runCommand } from './lib/cli/run';
import { synthCommand } from './lib/cli/synth';

/** The cdktf app: only the Terraform output, for `npx cdktf-cli synth`. cdktf.json passes the output directory on. */
const surroundings = processSurroundings(__dirname);
process.exitCode = runCommand(synthCommand(surroundings, ['terraform']), process.argv.slice(2), surroundings);

import { processSurroundings } from './lib/cli/process';
import { runCommand } from './lib/cli/run';
import { synthCommand } from './lib/cli/synth';

/** The cdktf app: the Terraform side alone, for `npx cdktf-cli synth`, whose directory cdktf.json hands on. */
const surroundings = processSurroundings(__dirname);
process.exitCode = runCommand(synthCommand(surroundings, ['terraform']), process.argv.slice(2), surroundings);
